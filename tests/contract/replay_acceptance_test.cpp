// The whole program over a real recording: nothing goes wrong, and the same alerts come out each time, also
// when it is killed on the way.

#include <algorithm>
#include <cstdlib>

#include "contacts_of.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

const std::filesystem::path recording =
    std::filesystem::path{RAPPORT_SHARED_DIR} / "data/replay/ubuntu_irc.jsonl.gz";
constexpr const char* no_recording = "the shared recordings are not here (data/replay)";
constexpr std::size_t busiest = 60;

/// Under a sanitizer a replay takes twenty times as long: there an eighth of the recording must do.
bool whole() {
    return std::getenv("RAPPORT_SLOW") == nullptr;
}
std::uintmax_t scaled(std::uintmax_t bytes) {
    return whole() ? bytes : bytes / 8;
}

class Acceptance {
public:
    /// Of people that nobody has spoken for, or with roles for the busiest.
    explicit Acceptance(bool with_contacts) {
        std::filesystem::path file = recording;
        if (!whole()) {
            file = folder() / "ubuntu_irc.jsonl";
            const std::string cut =
                "gzip -dc '" + recording.string() + "' | head -n 14000 >'" + file.string() + "'";
            REQUIRE(std::system(cut.c_str()) == 0);
        }
        if (with_contacts) {
            write_contacts(file, contacts(), busiest);
            files_ = {contacts().string()};
        }
        files_.push_back(file.string());
    }

    std::filesystem::path contacts() const { return folder_.path() / "contacts.csv"; }
    std::filesystem::path store(const std::string& name) const { return folder_.path() / (name + ".db"); }
    const std::filesystem::path& folder() const { return folder_.path(); }

    std::vector<std::string> arguments(std::vector<std::string> more) const {
        std::vector<std::string> all{"replay", "--config", RAPPORT_SOURCE_DIR "/config"};
        all.insert(all.end(), more.begin(), more.end());
        all.insert(all.end(), files_.begin(), files_.end());
        return all;
    }
    Ran replay(const std::vector<std::string>& more) const { return run_program(folder(), arguments(more)); }
    /// Alerts as JSON; everything else must be as it should be.
    std::string alerts(const std::vector<std::string>& more) const {
        std::vector<std::string> all{"--json"};
        all.insert(all.end(), more.begin(), more.end());
        const Ran ran = replay(all);
        CHECK(ran.code == 0);
        CHECK(ran.errors == "");
        return ran.output;
    }

    /// How much of the store is on disk, its log included.
    std::uintmax_t grown(const std::filesystem::path& store) const {
        std::uintmax_t sum = 0;
        for (const char* ending : {"", "-wal"}) {
            std::error_code none;
            const auto size = std::filesystem::file_size(store.string() + ending, none);
            if (!none) sum += size;
        }
        return sum;
    }

    /// Replays into the store, and kills it (nothing is said before that) once the store has so many bytes.
    void kill_at(const std::filesystem::path& store, std::uintmax_t bytes) const {
        Program program{arguments({"--json", "--store", store.string()})};
        REQUIRE(wait_until(program, [&] { return grown(store) >= bytes; }));
        REQUIRE(program.stop(SIGKILL) == -SIGKILL);
    }

private:
    TemporaryFolder folder_;
    std::vector<std::string> files_{};
};

long lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("the shipped rules over 110,699 lines: no error, nothing in quarantine, quiet about strangers") {
    if (!std::filesystem::exists(recording)) RAPPORT_SKIP(no_recording);
    const Acceptance strangers{false};
    const Ran ran = strangers.replay({});
    CHECK(ran.code == 0);
    CHECK(ran.errors == "");
    CHECK_THAT(ran.output, ContainsSubstring(whole() ? "98154 messages by " : " messages by ") &&
                               ContainsSubstring(" 0 alerts, ") &&
                               ContainsSubstring(" 0 events in quarantine."));
    const std::string first = strangers.alerts({});
    CHECK(strangers.alerts({}) == first);
    const auto store = strangers.store("killed");
    strangers.kill_at(store, scaled(8'000'000));
    CHECK(strangers.alerts({"--store", store.string()}) == first);
}

TEST_CASE("with roles for the busiest there are hundreds of alerts, the same ones in each replay") {
    if (!std::filesystem::exists(recording)) RAPPORT_SKIP(no_recording);
    const Acceptance known{true};
    const std::string first = known.alerts({});
    CHECK(lines_of(first) > (whole() ? 100 : 10));
    CHECK(known.alerts({}) == first);
    const Ran ran = known.replay({});
    CHECK(ran.code == 0);
    CHECK_THAT(ran.output, ContainsSubstring(" 0 events in quarantine."));
    SECTION("and the store gives them again without replaying anything") {
        const auto store = known.store("kept");
        CHECK(known.alerts({"--store", store.string()}) == first);
        CHECK(known.alerts({"--store", store.string()}) == first);
    }
}

TEST_CASE("a replay that is killed goes on where it was, and ends with the same bytes") {
    if (!std::filesystem::exists(recording)) RAPPORT_SKIP(no_recording);
    const Acceptance known{true};
    const std::string first = known.alerts({});
    // By bytes and not by time: it is the same place on a slow machine. From the first batch to about half
    // way.
    for (const std::uintmax_t all : {40'000, 2'000'000, 12'000'000, 20'000'000}) {
        const std::uintmax_t bytes = scaled(all);
        CAPTURE(bytes);
        const auto store = known.store("killed-" + std::to_string(bytes));
        known.kill_at(store, bytes);
        CHECK(known.alerts({"--store", store.string()}) == first);
    }
    SECTION("killed again and again") {
        const auto store = known.store("again");
        for (const std::uintmax_t bytes : {100'000, 1'000'000, 4'000'000, 9'000'000})
            known.kill_at(store, scaled(bytes));
        CHECK(known.alerts({"--store", store.string()}) == first);
    }
}

TEST_CASE("contacts are stated once, at the moment of the messages that follow") {
    if (!std::filesystem::exists(recording)) RAPPORT_SKIP(no_recording);
    const Acceptance known{true};
    const auto store = known.store("x").string();
    const std::string first = known.alerts({"--store", store});
    const Ran shown =
        run_program(known.folder(), {"people", "show", "replay:ubuntu_irc:ubottu", "--json", "--config",
                                     RAPPORT_SOURCE_DIR "/config", "--store", store});
    if (whole()) CHECK_THAT(shown.output, ContainsSubstring("2004-12-25T09:14:00.000Z"));
    SECTION("a changed file is stated anew, and moves no time") {
        const auto more = known.contacts();
        std::ofstream{more, std::ios::app} << "replay,ubuntu_irc,newly-known,newly-known,champion,ada\n";
        CHECK(known.alerts({"--store", store}) == first);
        const Ran ran = run_program(known.folder(), {"people", "list", "newly-known", "--config",
                                                     RAPPORT_SOURCE_DIR "/config", "--store", store});
        CHECK_THAT(ran.output, ContainsSubstring("champion"));
    }
}

TEST_CASE("contacts that the store has are not stated again over what was heard since") {
    const TemporaryFolder folder;
    const std::string contacts = (folder.path() / "contacts.csv").string();
    const std::string chat = (folder.path() / "chat.jsonl").string();
    std::ofstream{contacts} << "platform,realm,id,name,roles\nreplay,chat,lena,Old Name,champion\n";
    std::ofstream{chat} << R"({"id":"m1","channel":"help","ts":"2026-03-02T10:00:00Z","author":"lena",)"
                        << R"("name":"New Name","text":"Hello"})"
                        << "\n";
    const std::vector<std::string> places{"--config", RAPPORT_SOURCE_DIR "/config", "--store",
                                          (folder.path() / "x.db").string()};
    const auto run = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), places.begin(), places.end());
        return run_program(folder.path(), arguments);
    };
    for (int time = 0; time < 2; ++time) {
        REQUIRE(run({"replay", contacts, chat}).code == 0);
        CHECK_THAT(run({"people", "list"}).output, ContainsSubstring("New Name"));
    }
    std::ofstream{contacts, std::ios::app} << "replay,chat,omar,Omar,customer\n";
    REQUIRE(run({"replay", contacts, chat}).code == 0);
    CHECK_THAT(run({"people", "list"}).output, ContainsSubstring("Old Name") && ContainsSubstring("Omar"));
}

}  // namespace rapport::test
