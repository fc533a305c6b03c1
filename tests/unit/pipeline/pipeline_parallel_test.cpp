// Deliveries side by side: who is slow holds up nobody else.

#include "unit/pipeline/plant.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// A desk that keeps some cards under way until it is cancelled or told to go on.
class SlowDesk final : public Desk {
public:
    explicit SlowDesk(asio::io_context& loop) : gate_(loop, asio::steady_timer::time_point::max()) {}
    std::string_view name() const noexcept override { return "slow"; }
    bool reaches(const AccountKey& staff) const noexcept override { return staff.platform == "chat"; }
    asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
        tried.push_back(outgoing.id);
        most_at_once = std::max(most_at_once, ++at_once);
        std::exception_ptr cancelled;
        try {
            if (!open && slow(outgoing)) co_await gate_.async_wait(asio::use_awaitable);
        } catch (const boost::system::system_error&) {
            if (!open) cancelled = std::current_exception();
        }
        --at_once;
        if (cancelled) std::rethrow_exception(cancelled);
        taken.push_back(outgoing.id);
        co_return Result<>{};
    }
    void go_on() {
        open = true;
        gate_.cancel();
    }
    std::function<bool(const Outgoing&)> slow = [](const Outgoing&) { return true; };
    std::vector<std::string> tried{};
    std::vector<std::string> taken{};
    int at_once = 0, most_at_once = 0;
    bool open = false;

private:
    asio::steady_timer gate_;
};

void stand_alone(Plant& plant, std::vector<Desk*> desks) {
    plant.pipeline = std::make_unique<Pipeline>(plant.loop.get_executor(), plant.store_thread, *plant.store,
                                                plant.engine, plant.options);
    for (Desk* desk : desks) plant.pipeline->add_desk(*desk);
}

asio::awaitable<void> ask(Plant& plant, int from, int until) {
    for (int i = from; i < until; ++i) {
        const std::string who = "sam" + std::to_string(i);
        Event known = knows(who, {"champion"}, "", monday);
        co_await plant.pipeline->put(std::move(known), {});
        const std::string id = std::to_string(i);
        Event event = said(who, "Does it work?", id, monday);
        std::get<MessagePosted>(event.body).message.thread = id;
        co_await plant.pipeline->put(std::move(event), {});
    }
}

bool about_first(const Outgoing& outgoing) {
    const Card* card = std::get_if<Card>(&outgoing.body);
    return card && card->id == "alert:1";
}

}  // namespace

TEST_CASE("a desk that never answers for one card does not hold up another") {
    Plant plant;
    SlowDesk desk{plant.loop};
    desk.slow = about_first;
    stand_alone(plant, {&desk});
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 4);
        co_await plant.until([&] { return desk.taken.size() == 3; });
        desk.go_on();
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(desk.taken == std::vector<std::string>{"alert:2/1", "alert:3/1", "alert:4/1", "alert:1/1"});
    CHECK(plant.store->outbox(10)->empty());
}

TEST_CASE("the changes of one card arrive one after the other") {
    Plant plant;
    SlowDesk desk{plant.loop};
    desk.slow = about_first;
    stand_alone(plant, {&desk});
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 1);
        co_await plant.until([&] { return desk.at_once == 1; });
        for (const char* button : {"claim", "replied"}) {
            Event press;
            press.body = Action{button, {"chat", "home", "ada"}, "alert:1", button, {}, monday};
            press.seen = monday;
            co_await plant.pipeline->put(std::move(press), {});
        }
        co_await plant.until([&] { return desk.taken.size() == 2; });  // the two notices
        CHECK(desk.at_once == 1);
        desk.go_on();
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(desk.most_at_once == 2);  // the card, and a notice beside it
    CHECK(desk.taken == std::vector<std::string>{"notice:claim", "notice:replied", "alert:1/1", "alert:1/3"});
}

TEST_CASE("sixteen deliveries are under way at once and no more") {
    Plant plant;
    SlowDesk desk{plant.loop};
    stand_alone(plant, {&desk});
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 20);
        co_await plant.until([&] { return plant.pipeline->undelivered() == 20; });
        co_await plant.until([&] { return desk.at_once == 16; });
        desk.go_on();
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(desk.most_at_once == 16);
    CHECK(desk.taken.size() == 20);
    CHECK(plant.pipeline->undelivered() == 0);
}

TEST_CASE("a slow desk holds up no other desk, not even for the same card") {
    Plant plant;
    SlowDesk slow{plant.loop};
    stand_alone(plant, {&slow, &plant.desk});
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 1);
        co_await plant.until([&] { return plant.desk.taken.size() == 1; });
        Event press;
        press.body = Action{"press", {"chat", "home", "ada"}, "alert:1", "claim", {}, monday};
        press.seen = monday;
        co_await plant.pipeline->put(std::move(press), {});
        co_await plant.until([&] { return plant.desk.taken.size() == 3; });
        CHECK(plant.pipeline->undelivered() > 0);
        slow.go_on();
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(slow.taken.size() == 3);
    CHECK(plant.store->outbox(10)->empty());
}

TEST_CASE("a desk that took a card does not get it again because another did not") {
    PipelineOptions options;
    options.clock = clock_from(monday);
    options.roll = [] { return 0.0; };
    Plant plant{options};
    SlowDesk other{plant.loop};
    other.go_on();
    stand_alone(plant, {&other, &plant.desk});
    plant.desk.answers = {{ErrorKind::transient, "no line"}};
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 1);
        co_await plant.until([&] { return plant.desk.taken.size() == 1; });
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(plant.desk.tried.size() == 2);
    CHECK(other.tried.size() == 1);
}

TEST_CASE("what was under way when the end came is delivered after the next start") {
    Plant plant;
    SlowDesk desk{plant.loop};
    stand_alone(plant, {&desk});
    auto work = [&]() -> asio::awaitable<void> {
        co_await ask(plant, 0, 3);
        co_await plant.until([&] { return desk.at_once == 3; });
    };
    plant.run(work());
    CHECK(desk.at_once == 0);
    CHECK(desk.taken.empty());
    CHECK(plant.store->outbox(10)->size() == 3);
    desk.go_on();
    auto again = [&]() -> asio::awaitable<void> {
        co_await plant.until([&] { return desk.taken.size() == 3; });
        co_await plant.pipeline->idle();
    };
    plant.run(again());
    CHECK(desk.taken.size() == 3);
    CHECK(plant.store->outbox(10)->empty());
}
