#include "bot/pipeline/backtest.hpp"

#include <cstdlib>

#include <filesystem>
#include <optional>

#include "bot/config/load.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "bot/store/sqlite/throw_away.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace rapport {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Time start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + hours{10};

constexpr std::string_view team = R"(brand: {names: [Acme]}
staff:
  ada: {accounts: ["chat:home:ada"], hours: always}
  bea: {accounts: ["chat:home:bea"], hours: always}
)";

/// A rule that asks at once, and `more` of its keys.
std::string rule(std::string_view name, std::string_view when, std::string_view ask,
                 std::string_view more = "") {
    return fmt::format("  - name: {}\n    when: {}\n    ask: [{}]\n    urgency: high\n    cooldown: 0s\n{}",
                       name, when, ask, more);
}

std::shared_ptr<const World> world(const std::string& rules) {
    rules::RuleSet set;
    if (!rules.empty()) set = rules::load("rules:\n" + rules, "rules.yaml").rules.value();
    return std::make_shared<const World>(load_team(team, "team.yaml").value.value(), set,
                                         load_config("", "rapport.yaml").value.value());
}

/// Stored history, in a folder of its own.
class History {
public:
    History() {
        std::string name = (std::filesystem::temp_directory_path() / "rapport-history-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        SqliteOptions options;
        options.path = (folder_ / "rapport.db").string();
        options.full_sync = false;
        store_ = open_sqlite(options).value();
    }
    ~History() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    void put(decltype(Input::what) what, Time at) {
        Engine engine{world("")};
        Committer committer{*store_, engine};
        const std::vector<Input> batch{{std::move(what), at}};
        REQUIRE(committer.commit(batch).value().quarantined == 0);
    }
    void say(std::string_view who, std::string_view id, std::string_view text, Time at,
             std::string_view reply_to = "") {
        Message message;
        message.channel = {{"chat", "home", "help"}, "help", ChannelKind::open};
        message.id = id;
        message.author.key = key(who);
        message.author.handle = who;
        message.text = text;
        message.at = at;
        message.reply_to = reply_to;
        Event event;
        event.body = MessagePosted{std::move(message), false};
        put(std::move(event), at);
    }
    void know(std::string_view who, std::string_view role, Time at) {
        Account account;
        account.key = key(who);
        account.handle = who;
        Event event;
        event.body = ContactStated{std::move(account), {std::string(role)}, "", "", at};
        put(std::move(event), at);
    }
    static AccountKey key(std::string_view who) { return {"chat", "home", std::string(who)}; }

    Backtest compare(const std::string& candidate, const std::string& today,
                     std::chrono::milliseconds since = days{90}) {
        BacktestOptions options;
        options.since = since;
        const auto open_empty = [] { return open_throw_away("backtest"); };
        options.progress = [&](std::uint64_t done, std::uint64_t all) { progress.emplace_back(done, all); };
        return backtest(*store_, world(candidate), world(today), open_empty, options).value();
    }
    StoreCounts counts() { return store_->counts().value(); }
    Store& store() { return *store_; }

    std::vector<std::pair<std::uint64_t, std::uint64_t>> progress{};

private:
    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

/// Temporary files go here, so that what stays behind is ours and not another program's.
class OwnTemporaryFiles {
public:
    OwnTemporaryFiles() { ::setenv("TMPDIR", folder_.path().c_str(), 1); }
    ~OwnTemporaryFiles() {
        if (before_)
            ::setenv("TMPDIR", before_->c_str(), 1);
        else
            ::unsetenv("TMPDIR");
    }
    bool left() const { return !std::filesystem::is_empty(folder_.path()); }

private:
    static std::optional<std::string> value() {
        const char* const set = std::getenv("TMPDIR");
        return set ? std::optional<std::string>{set} : std::nullopt;
    }
    std::optional<std::string> before_ = value();
    test::TemporaryFolder folder_{};
};

}  // namespace

TEST_CASE("scenario 40: a candidate's alerts beside today's, with the difference") {
    History history;
    history.know("lena", "champion", start);
    history.say("lena", "m1", "How does it work?", start + minutes{1});
    history.say("omar", "m2", "Where is the manual?", start + hours{25});
    history.say("mia", "m3", "Thank you all so much!", start + hours{50});
    const std::string questions = rule("questions", "message.kind = question", "\"@bea\"");
    const std::string champions = rule("champions", "person.role has champion", "\"@ada\"");
    const std::string thanks = rule("thanks", "message.kind = thanks", "\"@ada\"");
    const OwnTemporaryFiles files;
    const Backtest result = history.compare(questions, champions + thanks);

    CHECK(result.messages == 3);
    CHECK(result.from == start + minutes{1});
    CHECK(result.until == start + hours{50});
    REQUIRE(result.candidate.alerts.size() == 2);
    const BacktestAlert& first = result.candidate.alerts[0];
    CHECK(first.rule == "questions");
    CHECK(first.about == History::key("lena"));
    CHECK(first.message.id == "m1");
    CHECK(first.text == "How does it work?");
    CHECK(first.staffer == "bea");
    CHECK(first.raised == start + minutes{1});
    CHECK(by_staffer(result.candidate) == std::map<std::string, std::uint64_t>{{"bea", 2}});
    CHECK(by_staffer(result.today) == std::map<std::string, std::uint64_t>{{"ada", 2}});
    CHECK(by_day(result.candidate).size() == 2);

    REQUIRE(result.both.size() == 1);  // lena's, by another rule and for another staffer
    CHECK(result.only_candidate == std::vector<std::size_t>{1});
    REQUIRE(result.only_today.size() == 1);
    CHECK(result.today.alerts[result.only_today[0]].message.id == "m3");

    CHECK_FALSE(files.left());
    CHECK(history.counts().alerts == 0);
    CHECK(history.counts().messages == 3);
}

TEST_CASE("only what was said since then raises alerts, but ties are those of all the time") {
    History history;
    for (int i = 0; i < 3; ++i) {
        const std::string n = std::to_string(i);
        history.say("lena", "q" + n, "What is that?", start + hours{i});
        history.say("bea", "a" + n, "It is a thing.", start + hours{i} + minutes{5}, "q" + n);
    }
    history.say("lena", "m9", "How does it work?", start + days{20});
    const std::string rules = rule("questions", "message.kind = question", "strongest tie, \"@ada\"");
    const Backtest result = history.compare(rules, "", days{10});
    REQUIRE(result.candidate.alerts.size() == 1);
    CHECK(result.candidate.alerts[0].message.id == "m9");
    CHECK(result.candidate.alerts[0].staffer == "bea");
    CHECK(result.messages == 1);
    CHECK(result.from == start + days{10});
}

TEST_CASE("what was answered before anybody was asked is spared, what still waits is waiting") {
    History history;
    history.say("lena", "m1", "How does it work?", start);
    history.say("bea", "m2", "Like this.", start + minutes{5}, "m1");
    history.say("omar", "m3", "Where is the manual?", start + hours{2});
    history.say("mia", "m4", "Is there a forum?", start + hours{4});
    const std::string rules =
        rule("questions", "message.kind = question and not conversation.answered_by_person", "\"@ada\"",
             "    after: 1h\n");
    const Backtest result = history.compare(rules, rules);
    CHECK(result.candidate.spared == 1);
    CHECK(result.candidate.waiting == 1);
    REQUIRE(result.candidate.alerts.size() == 1);
    CHECK(result.candidate.alerts[0].message.id == "m3");
    CHECK(result.candidate.alerts[0].raised == start + hours{3});
    CHECK(result.only_candidate.empty());
    CHECK(result.only_today.empty());
}

TEST_CASE("linked accounts are one person in a backtest too") {
    History history;
    history.know("lena", "champion", start);
    history.say("lena2", "m1", "How does it work?", start + hours{1});
    const std::string rules = rule("champions", "person.role has champion", "\"@ada\"");
    CHECK(history.compare(rules, rules).candidate.alerts.empty());
    history.put(LinkAccounts{History::key("lena"), History::key("lena2"), "test"}, start + hours{2});
    CHECK(history.compare(rules, rules).candidate.alerts.size() == 1);
}

TEST_CASE("what was deleted is not heard again, and staff stay staff") {
    History history;
    history.say("lena", "m1", "How does it work?", start);
    history.say("ada", "m2", "Where is that?", start + hours{1});
    Event gone;
    gone.body = MessageDeleted{{{"chat", "home", "help"}, "m1"}, start + hours{2}};
    history.put(std::move(gone), start + hours{2});
    const std::string rules = rule("anybody", "person.messages >= 1", "\"@bea\"");
    CHECK(history.compare(rules, rules).candidate.alerts.empty());
}

TEST_CASE("an answer understood by its first word weighs as much the second time") {
    History history;
    history.say("lena", "m1", "How does it work?", start);
    history.say("bea", "m2", "lena: like this", start + minutes{5});
    const std::string rules = rule("questions", "message.kind = question", "\"@bea\"");
    const Backtest result = history.compare(rules, rules);
    CHECK(result.candidate.alerts.size() == 1);
    CHECK(result.candidate.spared == 0);
}

TEST_CASE("an empty history gives an empty backtest") {
    History history;
    const Backtest result = history.compare(rule("a", "message.needs_reply", "\"@ada\""), "");
    CHECK(result.messages == 0);
    CHECK(result.candidate.alerts.empty());
}

TEST_CASE("a backtest that is told to stop gives up between batches") {
    History history;
    history.say("lena", "m1", "How does it work?", start + minutes{1});
    const auto open_empty = [] { return open_throw_away("backtest"); };
    BacktestOptions options;
    int asked = 0;
    options.stop = [&] { return ++asked == 1; };
    const OwnTemporaryFiles files;
    const Result<Backtest> result = backtest(history.store(), world(""), world(""), open_empty, options);
    REQUIRE_FALSE(result);
    CHECK(result.error().retryable());
    CHECK_THAT(result.error().what, ContainsSubstring("stopped"));
    CHECK_FALSE(files.left());
}

TEST_CASE("a backtest that gets no store to fill says why") {
    History history;
    const auto no_room = []() -> Result<std::shared_ptr<Store>> {
        return Error{ErrorKind::transient, "The disk is full."};
    };
    const Result<Backtest> result = backtest(history.store(), world(""), world(""), no_room, {});
    REQUIRE(!result);
    CHECK(result.error().what == "The disk is full.");
}

TEST_CASE("progress counts both runs") {
    History history;
    for (int i = 0; i < 600; ++i) history.say("lena", std::to_string(i), "Hello", start + minutes{i});
    history.compare("", "");
    CHECK(history.progress == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{1'000, 1'200}});
}

}  // namespace rapport
