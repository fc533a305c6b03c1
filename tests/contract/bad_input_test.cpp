// What a clumsy hand or a bad day does to the real program: a clear message each time, an exit code that is
// not 0, and what was good before is still there.

#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/prctl.h>

#include <algorithm>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

constexpr const char* good_line =
    R"({"id":"m1","channel":"help","ts":"2026-03-02T10:00:00Z","author":"lena","text":"Hello all"})"
    "\n";

/// A folder with the shipped configuration, to be spoilt.
class Desk {
public:
    Desk() {
        std::filesystem::copy(RAPPORT_SOURCE_DIR "/config", config());
        for (const auto& file : std::filesystem::directory_iterator(config()))
            std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::filesystem::path config() const { return folder() / "config"; }
    std::filesystem::path store() const { return folder() / "x.db"; }
    std::filesystem::path file(const std::string& name, const std::string& content) const {
        std::ofstream{folder() / name, std::ios::binary} << content;
        return folder() / name;
    }
    Ran run(std::vector<std::string> arguments, const Surroundings& around = {}) const {
        arguments.insert(arguments.end(), {"--config", config().string()});
        if (std::find(arguments.begin(), arguments.end(), "--store") == arguments.end())
            arguments.insert(arguments.end(), {"--store", store().string()});
        return run_program(folder(), arguments, around);
    }
    Ran replay(const std::filesystem::path& file) const { return run({"replay", file.string()}); }
    /// One message of lena's is in the store; nothing that follows may lose it.
    void keep_something() const { REQUIRE(replay(file("good.jsonl", good_line)).code == 0); }
    void check_still_there() const {
        const Ran ran = run({"people", "list", "--json"});
        CHECK(ran.code == 0);
        CHECK_THAT(ran.output, ContainsSubstring("replay:good:lena"));
    }

private:
    TemporaryFolder folder_;
};

void check_refused(const Ran& ran, const std::vector<std::string>& words) {
    CAPTURE(ran.errors);
    CHECK(ran.code == 1);
    for (const std::string& word : words) CHECK_THAT(ran.errors, ContainsSubstring(word));
}

std::string json_line(int number, const std::string& text) {
    return R"({"id":"m)" + std::to_string(number) +
           R"(","channel":"help","ts":"2026-03-02T10:00:00Z","author":"a)" + std::to_string(number % 500) +
           R"(","text":")" + text + "\"}\n";
}

/// A small file system of its own; needs the right to mount.
class SmallDisk {
public:
    SmallDisk(const std::filesystem::path& place, const std::string& size) : place_(place) {
        std::filesystem::create_directories(place);
        mounted_ = mount("none", place.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) umount2(place_.c_str(), MNT_DETACH);
    }
    bool mounted() const { return mounted_; }
    void change(unsigned long flags, const std::string& size) const {
        REQUIRE(mount("none", place_.c_str(), "tmpfs", MS_REMOUNT | flags, ("size=" + size).c_str()) == 0);
    }

private:
    std::filesystem::path place_;
    bool mounted_ = false;
};

}  // namespace

TEST_CASE("bad input: rapport.yaml with an unknown key") {
    const Desk desk;
    desk.keep_something();
    std::ofstream{desk.config() / "rapport.yaml", std::ios::app} << "pipelin:\n  queue: 10\n";
    for (const char* command : {"serve", "check"}) {
        const Ran ran = desk.run({command});
        CAPTURE(command, ran.errors, ran.output);
        CHECK(ran.code == 1);
        CHECK_THAT(ran.errors + ran.output, ContainsSubstring("rapport.yaml:") &&
                                                ContainsSubstring("pipelin") &&
                                                ContainsSubstring("pipeline"));
    }
    check_refused(desk.replay(desk.folder() / "good.jsonl"), {"rapport.yaml:", "pipelin", "pipeline"});
}

TEST_CASE("bad input: a rules file with ten different mistakes tells all ten, each with its place") {
    const Desk desk;
    const auto rules = desk.file("ten.yaml", R"(rules:
  - name: Bad Name
    when: message.needs_reply
  - name: one
    when: person.rol = champion
  - name: two
    when: message.needs_reply and
  - name: three
    when: message.sentiment <= high
  - name: four
    when: message.text matches /(/
  - name: five
    when: message.needs_reply
    ask: [ower]
  - name: six
    when: message.needs_reply
    cooldown: soon
  - name: seven
    when: message.needs_reply
    urgency: hihg
  - name: eight
    wenn: message.needs_reply
    when: message.needs_reply
  - name: eight
    when: message.needs_reply
)");
    const Ran ran = desk.run({"rules", "check", rules.string()});
    CAPTURE(ran.output, ran.errors);
    CHECK(ran.code == 1);
    for (const char* place : {":2:", ":5:", ":7:", ":9:", ":11:", ":14:", ":17:", ":20:", ":22:", ":24:"})
        CHECK_THAT(ran.output + ran.errors, ContainsSubstring("ten.yaml" + std::string{place}));
    for (const char* meant : {"person.role", "high", "when"})
        CHECK_THAT(ran.output + ran.errors, ContainsSubstring(meant));
    const Ran refused = desk.run({"serve", "--rules", rules.string()});
    CHECK(refused.code == 1);
    CHECK_THAT(refused.errors, ContainsSubstring("ten.yaml:24:"));
}

TEST_CASE("bad input: a truncated Slack export") {
    const Desk desk;
    desk.keep_something();
    const auto zip =
        desk.file("export.zip", std::string{"PK\x03\x04\x14\0\0\0\x08\0", 10} + std::string(5000, '\x55'));
    check_refused(desk.replay(zip), {"export.zip"});
    check_refused(desk.replay(desk.folder() / "no-such.zip"), {"no-such.zip"});
    desk.check_still_there();
}

TEST_CASE("bad input: a line of 20 MB, and what is not UTF-8") {
    const Desk desk;
    desk.keep_something();
    const auto check = [&](const std::string& bad, const std::vector<std::string>& words) {
        std::vector<std::string> all{"bad.jsonl", "line 3"};
        all.insert(all.end(), words.begin(), words.end());
        const auto file =
            desk.file("bad.jsonl", json_line(1, "one") + json_line(2, "two") + bad + json_line(4, "four"));
        check_refused(desk.replay(file), all);
        // The two before it hold; the file, once mended, goes on.
        CHECK_THAT(desk.run({"people", "list", "--json"}).output, ContainsSubstring("replay:bad:a2"));
        const Ran passed_over = desk.run({"replay", "--keep-going", file.string()});
        CHECK(passed_over.code == 0);
        CHECK_THAT(passed_over.output, ContainsSubstring("4 messages"));
        CHECK_THAT(passed_over.errors, ContainsSubstring("line 3"));
    };
    SECTION("a line of 20 MB") {
        check(json_line(3, std::string(20'000'000, 'x')), {"allowed"});
    }
    SECTION("not UTF-8") {
        check(json_line(3, "caf\xE9"), {"not UTF-8", "iconv"});
    }
    SECTION("half a line") {
        check("{\"id\":\"m3\",\"chan\n", {"not JSON"});
    }
    desk.check_still_there();
}

TEST_CASE("bad input: a full disk stops a replay, and room lets it go on to the same end") {
    const Desk desk;
    const SmallDisk disk{desk.folder() / "small", "3m"};
    if (!disk.mounted()) RAPPORT_SKIP("a small file system needs the right to mount (root)");
    std::string lines;
    for (int i = 0; i < 20'000; ++i)
        lines += json_line(i, "Does number " + std::to_string(i) + " work for you?");
    const auto file = desk.file("many.jsonl", lines);
    const auto store = (desk.folder() / "small/x.db").string();
    check_refused(desk.run({"replay", "-q", file.string(), "--store", store}),
                  {"x.db", "the disk is full", "Free some space", "The same command goes on from here."});
    disk.change(0, "64m");
    const Ran resumed = desk.run({"replay", file.string(), "--store", store});
    CHECK(resumed.code == 0);
    const Ran straight = desk.run({"replay", file.string()});
    CHECK_THAT(straight.output, ContainsSubstring("20000 messages by 500 accounts"));
    CHECK(resumed.output.substr(resumed.output.rfind("20000")) ==
          straight.output.substr(straight.output.rfind("20000")));
}

TEST_CASE("bad input: a store that may only be read") {
    const Desk desk;
    desk.keep_something();
    const SmallDisk disk{desk.folder() / "frozen", "8m"};
    if (!disk.mounted()) RAPPORT_SKIP("a read-only file system needs the right to mount (root)");
    const auto store = (desk.folder() / "frozen/x.db").string();
    REQUIRE(desk.run({"replay", (desk.folder() / "good.jsonl").string(), "--store", store}).code == 0);
    disk.change(MS_RDONLY, "8m");
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"replay", (desk.folder() / "good.jsonl").string()},
          {"serve", "--port", "0"}}) {
        std::vector<std::string> all = command;
        all.insert(all.end(), {"--store", store});
        check_refused(desk.run(all), {store, "Read-only file system", "Let this user write"});
    }
    const Ran reading = desk.run({"people", "list", "--json", "--store", store});
    CHECK(reading.code == 0);
    CHECK_THAT(reading.output, ContainsSubstring("replay:good:lena"));
}

TEST_CASE("bad input: a database file without the right to write") {
    const Desk desk;
    desk.keep_something();
    std::filesystem::permissions(desk.store(), std::filesystem::perms(0444));
    std::filesystem::remove(desk.store().string() + ".lock");
    Surroundings restricted;
    restricted.prepare = [] {  // root may write everywhere, unless it gives that right away
        if (geteuid() == 0 && prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) != 0) _exit(126);
    };
    check_refused(desk.run({"replay", (desk.folder() / "good.jsonl").string()}, restricted),
                  {"x.db", "write"});
    desk.check_still_there();
}

TEST_CASE("bad input: a port and a store that are in use") {
    const Desk desk;
    desk.keep_something();
    Program first{
        {"serve", "--port", "0", "--config", desk.config().string(), "--store", desk.store().string()}};
    const std::string line = first.line_with("Visitors chat at");
    const std::string port = line.substr(line.rfind(':') + 1, line.rfind('/') - line.rfind(':') - 1);
    const std::string other = (desk.folder() / "other.db").string();
    check_refused(desk.run({"serve", "--port", port, "--store", other}),
                  {"port " + port, "in use", "--port"});
    check_refused(desk.run({"serve", "--port", "0"}), {"x.db", "in use", "pid"});
    check_refused(desk.replay(desk.folder() / "good.jsonl"), {"x.db", "in use", "pid"});
    desk.check_still_there();
    CHECK(first.stop(SIGINT) == 0);
}

TEST_CASE("bad input: a store that is not a database is left as it is") {
    const Desk desk;
    const std::string letter(5000, 'L');
    desk.file("x.db", letter);
    const auto good = desk.file("good.jsonl", good_line);
    check_refused(desk.replay(good), {"x.db", "not a Rapport database", "choose another path"});
    check_refused(desk.run({"serve", "--port", "0"}), {"x.db", "not a Rapport database"});
    CHECK(content_of(desk.store()) == letter);
}

TEST_CASE("bad input: output that cannot be written") {
    const Desk desk;
    desk.keep_something();
    Surroundings full;
    full.output = "/dev/full";
    check_refused(desk.run({"people", "list", "--json"}, full), {"could not be written"});
    check_refused(desk.run({"replay", (desk.folder() / "good.jsonl").string()}, full),
                  {"could not be written"});
    desk.check_still_there();
}

TEST_CASE("bad input: words that are no command, no number, nobody") {
    const Desk desk;
    const auto check = [&](const std::vector<std::string>& arguments, int code, const std::string& words) {
        const Ran ran = run_program(desk.folder(), arguments);
        CAPTURE(ran.errors);
        CHECK(ran.code == code);
        CHECK(ran.output == "");
        CHECK_THAT(ran.errors, ContainsSubstring(words));
    };
    check({}, 2, "Say what: serve, replay");
    check({"alerts"}, 2, "Say what: list, show");
    check({"serv"}, 2, "Did you mean \"serve\"?");
    for (const char* port : {"99999", "70x", "-1", ""}) check({"serve", "--port", port}, 2, "is not a port");
    for (const char* speed : {"-1", "fast", "inf", "nan"})
        check({"replay", "--speed", speed, "x.jsonl"}, 2, "is not a number from 0");
    for (const char* alert : {"0", "twelve"}) check({"alerts", "show", alert}, 2, "number of an alert");
    check({"people", "list", "-n", "0"}, 2, "is not a whole number from 1");
    check({"serve", "--console", "nobody", "--config", desk.config().string()}, 1,
          "There are: ada, bea, cyd.");
    check({"replay", "good.jsonl", "/nowhere.zip", "--config", desk.config().string()}, 1, "good.jsonl");
}

TEST_CASE("a replay that is stopped by Ctrl-C says how it goes on, and does") {
    const Desk desk;
    std::string lines;
    for (int i = 0; i < 200'000; ++i) lines += json_line(i, "Hello");
    const auto file = desk.file("many.jsonl", lines);
    Surroundings around;
    around.errors = desk.folder() / "errors";
    Program program{
        {"replay", "--config", desk.config().string(), "--store", desk.store().string(), file.string()},
        around};
    const auto begun = [&] { return content_of(desk.store().string() + "-wal").size() > 500'000; };
    REQUIRE(wait_until(program, begun));
    CHECK(program.stop(SIGINT) == 130);
    CHECK_THAT(content_of(around.errors), ContainsSubstring("The same command goes on from here."));
    CHECK_THAT(desk.replay(file).output, ContainsSubstring("200000 messages by 500 accounts"));
}

}  // namespace rapport::test
