#include "adapters/replay/pace.hpp"

#include "adapters/replay/progress.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace std::chrono_literals;

TEST_CASE("at speed 60 a simulated hour takes a minute") {
    Pace pace{60};
    const Time noon{1'700'000'000s};
    const Pace::Wall start{5s};
    CHECK(pace.wait(noon, start) == 0ms);
    CHECK(pace.wait(noon + 1h, start) == 60s);
    CHECK(pace.wait(noon + 1h, start + 59s) == 1s);
    CHECK(pace.wait(noon + 1h, start + 61s) == 0ms);
    CHECK(pace.wait(noon + 2h, start + 61s) == 59s);
}

TEST_CASE("full speed never waits, slow motion waits longer, nothing waits more than a day at once") {
    Pace full{0};
    CHECK(full.wait(Time{}, {}) == 0ms);
    CHECK(full.wait(Time{1000h}, {}) == 0ms);
    Pace slow{0.5};
    slow.wait(Time{}, {});
    CHECK(slow.wait(Time{10s}, Pace::Wall{}) == 20s);
    CHECK(slow.wait(Time{24h * 365 * 100}, Pace::Wall{}) == 24h);
    CHECK(slow.wait(Time{} - 5s, Pace::Wall{}) == 0ms);
}

TEST_CASE("the progress line tells share, messages, speed and time left") {
    const Progress half{420, 1000, 46'496, 5s};
    CHECK(progress_line(half, 80) ==
          "[###############---------------------]  42%  46,496 messages  9,299/s  0:07 left");
    CHECK(progress_line(half, 60) == "[######----------]  42%  46,496 messages  9,299/s  0:07 left");
    CHECK(progress_line(half, 40) == " 42%  46,496 messages  9,299/s  0:07 lef");
    CHECK(progress_line(half, 0) == "");
}

TEST_CASE("the progress line says no more than is known") {
    CHECK(progress_line({0, 0, 1'234'567, 2s}, 80) == "1,234,567 messages  617,283/s");
    CHECK(progress_line({0, 100, 0, 0ms}, 30) == "[-----------]   0%  0 messages");
    CHECK(progress_line({100, 100, 999, 4000s}, 80).find("left") == std::string::npos);
    CHECK(progress_line({200, 100, 999, 4s}, 80).find("100%") != std::string::npos);
    CHECK(progress_line({10, 100, 5, 4000s}, 80).find("10:00:00 left") != std::string::npos);
}

TEST_CASE("no progress line is wider than the terminal") {
    for (int width = 1; width < 130; ++width)
        CHECK(progress_line({420, 1000, 46'496, 5s}, width).size() <= static_cast<std::size_t>(width));
}
