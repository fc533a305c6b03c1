#include "bot/pipeline/intake.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

Input input(int number) {
    return {Delivered{OutboxId(number)}, Time{} + std::chrono::milliseconds{number}};
}

std::vector<int> numbers(const Batch& batch) {
    std::vector<int> all;
    for (const Input& one : batch.inputs) all.push_back(int(std::get<Delivered>(one.what).id));
    return all;
}

}  // namespace

TEST_CASE("whatever has come meanwhile is the next batch, in order") {
    Intake intake{100, 10};
    CHECK(intake.empty());
    CHECK(intake.take().inputs.empty());
    intake.put(input(1), {});
    CHECK(numbers(intake.take()) == std::vector<int>{1});
    for (int i = 2; i < 8; ++i) intake.put(input(i), {});
    CHECK(numbers(intake.take()) == std::vector<int>{2, 3, 4, 5, 6, 7});
    CHECK(intake.empty());
}

TEST_CASE("a batch is never larger than allowed, and the rest waits its turn") {
    Intake intake{100, 3};
    for (int i = 1; i <= 7; ++i) intake.put(input(i), {});
    CHECK(numbers(intake.take()) == std::vector<int>{1, 2, 3});
    CHECK(numbers(intake.take()) == std::vector<int>{4, 5, 6});
    CHECK(intake.size() == 1);
    CHECK(numbers(intake.take()) == std::vector<int>{7});
}

TEST_CASE("the queue is full at its capacity and has room as soon as a batch is taken") {
    Intake intake{3, 2};
    for (int i = 1; i <= 3; ++i) {
        CHECK_FALSE(intake.full());
        intake.put(input(i), {});
    }
    CHECK(intake.full());
    intake.take();
    CHECK_FALSE(intake.full());
    intake.put(input(4), {});
    CHECK_FALSE(intake.full());
    intake.put(input(5), {});
    CHECK(intake.full());
}

TEST_CASE("the pipeline's own inputs are always taken, in order with the others, and take nobody's room") {
    Intake intake{2, 10};
    intake.put(input(1), {});
    intake.put_inner(input(2));
    intake.put(input(3), {});
    CHECK(intake.full());
    for (int i = 4; i < 9; ++i) intake.put_inner(input(i));
    CHECK(intake.size() == 8);
    CHECK(numbers(intake.take()) == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8});
    CHECK_FALSE(intake.full());
    for (int i = 0; i < 50; ++i) intake.put_inner(input(i));
    CHECK_FALSE(intake.full());
}

TEST_CASE("each input keeps its own ack") {
    Intake intake{10, 10};
    std::vector<int> acked;
    intake.put(input(1), [&] { acked.push_back(1); });
    intake.put_inner(input(2));
    intake.put(input(3), [&] { acked.push_back(3); });
    const Batch batch = intake.take();
    REQUIRE(batch.acks.size() == 3);
    CHECK(acked.empty());
    batch.acks[2]();
    batch.acks[0]();
    CHECK_FALSE(batch.acks[1]);
    CHECK(acked == std::vector<int>{3, 1});
}

TEST_CASE("a batch that is put back comes first again, with its acks, and fills no queue") {
    Intake intake{2, 2};
    int acked = 0;
    intake.put(input(1), [&] { ++acked; });
    intake.put(input(2), {});
    Batch batch = intake.take();
    intake.put(input(3), {});
    intake.put_back(std::move(batch));
    CHECK(intake.size() == 3);
    CHECK_FALSE(intake.full());
    Batch again = intake.take();
    CHECK(numbers(again) == std::vector<int>{1, 2});
    again.acks[0]();
    CHECK(acked == 1);
    CHECK(numbers(intake.take()) == std::vector<int>{3});
    CHECK_FALSE(intake.full());
}
