// The picture is one, and shows what it should: its pixels are looked at.

#include "bot/reports/picture.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "bot/reports/canvas.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"
#include "week.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::reports;

namespace {

struct Colour {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};
constexpr Colour white{255, 255, 255}, blue{0, 114, 178}, orange{230, 159, 0}, vermillion{213, 94, 0};

/// A PNG as pixels: eight bits a channel, not interlaced, as the driver writes it.
class Pixels {
public:
    explicit Pixels(const std::string& png) {
        REQUIRE(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
        std::string packed;
        bool ended = false;
        for (std::size_t at = 8; at + 12 <= png.size();) {
            const std::size_t size = number(png, at);
            const std::string kind = png.substr(at + 4, 4);
            if (kind == "IHDR") {
                width = int(number(png, at + 8));
                height = int(number(png, at + 12));
                REQUIRE(png[at + 16] == 8);
                REQUIRE((png[at + 17] == 2 || png[at + 17] == 6));
                channels_ = png[at + 17] == 2 ? 3 : 4;
                REQUIRE(png[at + 20] == 0);
            }
            if (kind == "IDAT") packed += png.substr(at + 8, size);
            ended = kind == "IEND";
            at += size + 12;
        }
        REQUIRE(ended);
        unpack(packed);
    }

    Colour at(int x, int y) const {
        const std::size_t from = (std::size_t(y) * std::size_t(width) + std::size_t(x)) * channels_;
        return {bytes_[from], bytes_[from + 1], bytes_[from + 2]};
    }
    std::size_t count(const Colour& colour) const {
        std::size_t found = 0;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) found += at(x, y) == colour;
        return found;
    }

    int width = 0, height = 0;

private:
    static std::size_t number(const std::string& png, std::size_t at) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::uint8_t(png.at(at + i));
        return value;
    }

    void unpack(const std::string& packed) {
        const std::size_t line = std::size_t(width) * channels_;
        std::vector<std::uint8_t> raw(std::size_t(height) * (line + 1));
        uLongf size = raw.size();
        REQUIRE(uncompress(raw.data(), &size, reinterpret_cast<const Bytef*>(packed.data()), packed.size()) ==
                Z_OK);
        REQUIRE(size == raw.size());
        bytes_.resize(std::size_t(height) * line);
        for (std::size_t y = 0; y < std::size_t(height); ++y) {
            const std::uint8_t filter = raw[y * (line + 1)];
            REQUIRE(filter < 5);
            for (std::size_t x = 0; x < line; ++x) {
                const int left = x >= channels_ ? bytes_[y * line + x - channels_] : 0;
                const int up = y > 0 ? bytes_[(y - 1) * line + x] : 0;
                const int corner = x >= channels_ && y > 0 ? bytes_[(y - 1) * line + x - channels_] : 0;
                const int guess = left + up - corner;
                const int paeth =
                    std::abs(guess - left) <= std::min(std::abs(guess - up), std::abs(guess - corner)) ? left
                    : std::abs(guess - up) <= std::abs(guess - corner)                                 ? up
                                                                       : corner;
                const int predicted[] = {0, left, up, (left + up) / 2, paeth};
                bytes_[y * line + x] = std::uint8_t(raw[y * (line + 1) + 1 + x] + predicted[filter]);
            }
        }
    }

    std::size_t channels_ = 4;
    std::vector<std::uint8_t> bytes_{};
};

}  // namespace

TEST_CASE("the picture is a PNG of a size that may be sent, and not blank") {
    const auto png = draw(full_report());
    REQUIRE(png);
    CHECK(png->size() <= largest_picture);
    const Pixels pixels{*png};
    CHECK(pixels.width == 1200);
    CHECK(pixels.height == 900);
    CHECK(pixels.count(white) > 700'000);
    CHECK(pixels.count(white) < 1'000'000);
    CHECK(pixels.count(blue) > 5'000);
    CHECK(pixels.count(orange) > 500);
    CHECK(pixels.at(0, 0) == white);
    if (const char* folder = std::getenv("RAPPORT_REPORTS")) {
        std::ofstream{std::string(folder) + "/full.png"} << *png;
    }
}

TEST_CASE("bars are as long as their numbers") {
    const auto half =
        draw_png(200, 100, [](const Canvas& canvas) { canvas.box({10, 20, 50, 30}, Ink::blue); });
    REQUIRE(half);
    const Pixels pixels{*half};
    CHECK(pixels.at(11, 21) == blue);
    CHECK(pixels.at(58, 48) == blue);
    CHECK(pixels.at(62, 30) == white);
    CHECK(pixels.at(30, 54) == white);
    CHECK(pixels.at(30, 17) == white);

    WeeklyReport report = full_report();
    const std::size_t before = Pixels{draw(report).value()}.count(orange);
    for (Answers& tier : report.by_depth) tier.ends[std::size_t(WaitEnd::brand)] *= 4;
    CHECK(Pixels{draw(report).value()}.count(orange) > before + 2'000);
}

TEST_CASE("the same report gives the same bytes, from any thread and after any other") {
    const std::string once = draw(full_report()).value();
    std::array<std::string, 4> drawn;
    {
        std::vector<std::jthread> threads;
        for (std::string& one : drawn) threads.emplace_back([&one] { one = draw(full_report()).value(); });
    }
    for (const std::string& one : drawn) CHECK(one == once);
    CHECK(draw(WeeklyReport{}).value() != once);
}

TEST_CASE("a report about nothing, and one about everything, can be drawn") {
    CHECK(Pixels{draw(WeeklyReport{}).value()}.count(blue) > 0);  // the legend
    WeeklyReport report = full_report();
    while (report.staffers.size() < 200) report.staffers.push_back(report.staffers.back());
    while (report.rules.size() < 200) report.rules.push_back(report.rules.back());
    while (report.won.size() < 5'000) report.won.push_back(report.won.back());
    while (report.course.size() < 20) report.course.push_back(report.course.back());
    for (Bucket& one : report.course) one.answers.ends.fill(1'000'000'000);
    const auto png = draw(report);
    REQUIRE(png);
    CHECK(png->size() <= largest_picture);
}

TEST_CASE("names of any script and any bytes are drawn or left out, and break nothing") {
    const char* names[] = {"B\u00E9a",
                           "\u7530\u4E2D",
                           "\u0645\u0631\u062D\u0628\u0627",
                           "\u202Eevil\u202C",
                           "\xff\xfe\x80",
                           "#",
                           "#(229)#fr##",
                           "a\0b",
                           "\x1b[31m",
                           "<b>&amp;</b>",
                           "",
                           "\U0001F469\u200D\U0001F4BB",
                           "e\u0301\u0301\u0301\u0301",
                           "\n\n",
                           "\uFFFF\uFFFE"};
    for (const char* name : names) {
        CAPTURE(name);
        const auto png = draw_png(300, 60, [&](const Canvas& canvas) { canvas.text(10, 30, 20, name); });
        REQUIRE(png);
        const bool shown = Pixels{*png}.count(white) < 300 * 60;
        CHECK(shown == (fitted(name, 20, 1e9).find_first_not_of(' ') != std::string::npos));
    }
    const std::string endless(100'000, 'W');
    CHECK(draw_png(300, 60, [&](const Canvas& canvas) { canvas.text(10, 30, 20, endless); }));
}

TEST_CASE("texts are cut to the width that they may take") {
    CHECK(fitted("Ada", 20, 100) == "Ada");
    const std::string cut = fitted("Bartholomew Featherstonehaugh", 20, 120);
    CHECK(cut.ends_with("\u2026"));
    CHECK(cut.size() < 15);
    CHECK(fitted("\u7530\u4E2D\u7530\u4E2D\u7530\u4E2D", 20, 120).ends_with("\u4E2D\u2026"));
    CHECK(fitted("a\nb\tc\x1b\u202E", 20, 1000) == "a b c");
    CHECK(fitted("one\xff"
                 "two",
                 20, 1000) == "onetwo");
    CHECK(fitted("", 20, 0).empty());
}

TEST_CASE("it cannot be drawn and says so", "[.]") {
    if (const char* folder = std::getenv("PLPLOT_DRV_DIR")) std::ofstream{std::string{folder} + "/was-run"};
    const auto png = draw(full_report());
    REQUIRE_FALSE(png);
    CHECK_THAT(png.error().what, ContainsSubstring("plplot-driver-cairo"));
    CHECK_FALSE(draw(full_report()));  // nor the next time
}

TEST_CASE("without the driver, or with half of it, there is an Error in words, and the program lives on") {
    const TemporaryFolder folder;
    if (GENERATE(false, true)) {
        // What PLplot lists, without the driver itself: it finds out only when it loads it.
        std::ofstream{folder.path() / "cairo.driver_info"}
            << "pngcairo:PNG file using Cairo:0:cairo:60:pngcairo\n";
    }
    // PLplot looks for its drivers once in a process, so this needs one of its own.
    const pid_t child = fork();
    if (child == 0) {
        setenv("PLPLOT_DRV_DIR", folder.path().c_str(), 1);
        const int nothing = open("/dev/null", O_RDWR);
        for (const int stream : {0, 1, 2}) dup2(nothing, stream);
        execl("/proc/self/exe", "test", "it cannot be drawn and says so", nullptr);
        _exit(127);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(
        std::filesystem::exists(folder.path() / "was-run"));  // a name that is not found would be no failure
}

TEST_CASE("the words beside the picture say the same") {
    const std::string text = image_text(full_report());
    CHECK_THAT(text, ContainsSubstring("57 of 94 who waited were answered in person (61 %)"));
    CHECK_THAT(text, ContainsSubstring("usually took 38 min"));
    CHECK_THAT(text, ContainsSubstring("Not everything could be heard."));
    CHECK(text.size() < 1'000);
}
