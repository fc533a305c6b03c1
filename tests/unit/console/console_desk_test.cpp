#include "adapters/console/console_desk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "adapters/console/terminal.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::console;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

class KeepingInbox : public Inbox {
public:
    bool try_put(Event& event, Acked&) override {
        events.push_back(std::move(event));
        return true;
    }
    asio::awaitable<void> put(Event event, Acked) override {
        events.push_back(std::move(event));
        co_return;
    }
    const Action& action(std::size_t i) const { return std::get<Action>(events.at(i).body); }
    std::vector<Event> events{};
};

Card card(std::string id = "alert-1", std::uint32_t revision = 1) {
    Card it;
    it.id = std::move(id);
    it.revision = revision;
    it.title = "Waiting " + std::to_string(revision);
    it.buttons = {{"claim", "I'll reply", ButtonStyle::primary, {}, "", ""},
                  {"drop", "Not needed", ButtonStyle::danger, {}, "", "Sure?"}};
    return it;
}

/// A desk for Bea whose keyboard is a pipe.
struct Bench {
    Bench() {
        REQUIRE(::pipe(pipe) == 0);
        ConsoleOptions options;
        options.staff = console_account("bea");
        options.look = {60, false, false, 0min};
        options.clock = [] { return Time{1714554000s}; };
        options.random_id = [this] { return "press-" + std::to_string(++presses); };
        options.print = [this](std::string_view text) { printed += text; };
        desk.emplace(io.get_executor(), pipe[0], std::move(options));
    }
    ~Bench() {
        ::close(pipe[0]);
        if (pipe[1] >= 0) ::close(pipe[1]);
    }
    void type(std::string_view text) {
        REQUIRE(::write(pipe[1], text.data(), text.size()) == ssize_t(text.size()));
    }
    void end_of_input() {
        ::close(pipe[1]);
        pipe[1] = -1;
    }
    void deliver(Outgoing outgoing) {
        outgoing.team = outgoing.to.empty();
        asio::co_spawn(io, desk->deliver(std::move(outgoing)),
                       [](std::exception_ptr, Result<> result) { CHECK(result.has_value()); });
        io.run_for(5ms);
        io.restart();
    }
    void start() {
        asio::co_spawn(io, desk->run(inbox), [this](std::exception_ptr failure, Result<> result) {
            ended = !failure && result.has_value();
            threw = failure != nullptr;
        });
        turn();
    }
    void turn() {
        io.run_for(20ms);
        io.restart();
    }
    std::string say(std::string_view line) {
        printed.clear();
        type(line);
        type("\n");
        turn();
        return printed;
    }

    asio::io_context io;
    int pipe[2] = {-1, -1};
    int presses = 0;
    std::string printed;
    KeepingInbox inbox;
    std::optional<ConsoleDesk> desk;
    bool ended = false;
    bool threw = false;
};

}  // namespace

TEST_CASE("a card is printed, a button pressed, and each press has an id of its own") {
    Bench bench;
    bench.deliver({"o1", {console_account("bea")}, true, card()});
    CHECK_THAT(bench.printed, ContainsSubstring("1 - Waiting 1"));
    bench.start();
    bench.say("claim 1");
    bench.say("claim 1");
    REQUIRE(bench.inbox.events.size() == 2);
    CHECK(bench.inbox.action(0).card == "alert-1");
    CHECK(bench.inbox.action(0).button == "claim");
    CHECK(bench.inbox.action(0).by == AccountKey{"console", "local", "staff:bea"});
    CHECK(bench.inbox.action(0).at == Time{1714554000s});
    CHECK(bench.inbox.action(0).id == "press-1");
    CHECK(bench.inbox.action(1).id == "press-2");
    CHECK(bench.inbox.events[0].source == "console");
    bench.end_of_input();
    bench.turn();
    CHECK(bench.ended);
}

TEST_CASE("the same delivery again prints nothing, an older revision neither, a newer one does") {
    Bench bench;
    bench.deliver({"o1", {}, false, card("a", 2)});
    bench.printed.clear();
    bench.deliver({"o1", {}, false, card("a", 2)});
    bench.deliver({"o2", {}, false, card("a", 1)});
    CHECK(bench.printed == "");
    bench.deliver({"o3", {}, false, card("a", 3)});
    CHECK_THAT(bench.printed, ContainsSubstring("1 - Waiting 3"));
}

TEST_CASE("what is for somebody else is not shown here") {
    Bench bench;
    CHECK(bench.desk->reaches(console_account("bea")));
    CHECK_FALSE(bench.desk->reaches(console_account("ada")));
    CHECK_FALSE(bench.desk->reaches({"web", "desk", "staff:bea"}));
    bench.deliver({"o1", {console_account("ada")}, true, card()});
    CHECK(bench.printed == "");
    bench.deliver(
        {"o2", {console_account("ada"), console_account("bea")}, false, Notice{"x", "Ada was faster."}});
    CHECK(bench.printed == "Ada was faster.\n");
}

TEST_CASE("a dangerous button is asked about first") {
    Bench bench;
    bench.deliver({"o1", {}, false, card()});
    bench.start();
    CHECK_THAT(bench.say("drop 1"), ContainsSubstring("Sure? (yes or no)"));
    CHECK_THAT(bench.say("no"), ContainsSubstring("Nothing was done."));
    CHECK(bench.inbox.events.empty());
    bench.say("drop 1");
    bench.say("yes");
    REQUIRE(bench.inbox.events.size() == 1);
    CHECK(bench.inbox.action(0).button == "drop");
}

TEST_CASE("a form is filled in line by line, or cancelled") {
    Bench bench;
    bench.start();
    const Form form{
        "f1", "alert-1", "Hand over", "Hand it over", {{"to", "To whom", FieldKind::person, "", {}, true}}};
    bench.deliver({"o1", {}, false, form});
    CHECK_THAT(bench.printed, ContainsSubstring("Hand over") && ContainsSubstring("To whom"));
    CHECK_THAT(bench.say(""), ContainsSubstring("To whom is needed."));
    bench.say("cid");
    REQUIRE(bench.inbox.events.size() == 1);
    CHECK(bench.inbox.action(0).button == "f1");
    CHECK(bench.inbox.action(0).card == "alert-1");
    CHECK(bench.inbox.action(0).values == std::map<std::string, std::string>{{"to", "cid"}});
    bench.deliver({"o2", {}, false, form});
    CHECK_THAT(bench.say("cancel"), ContainsSubstring("Nothing was done."));
    CHECK_THAT(bench.say("list"), ContainsSubstring("Nobody waits for you."));
}

TEST_CASE("words about the desk itself are answered") {
    Bench bench;
    bench.deliver({"o1", {}, false, card()});
    bench.start();
    CHECK_THAT(bench.say("who am i"), ContainsSubstring("staff:bea"));
    CHECK_THAT(bench.say("help"), ContainsSubstring("snooze 3 1h"));
    CHECK_THAT(bench.say("list"), ContainsSubstring("1  Waiting 1"));
    CHECK_THAT(bench.say("lits"), ContainsSubstring("Did you mean list?"));
    CHECK_THAT(bench.say("show 1"), ContainsSubstring("I'll reply: claim 1"));
    bench.say("quit");
    CHECK(bench.ended);
}

TEST_CASE("a line without an end, an endless line and bytes in pieces are read") {
    Bench bench;
    bench.deliver({"o1", {}, false, card()});
    bench.start();
    bench.type("cla");
    bench.turn();
    CHECK(bench.inbox.events.empty());
    bench.say("im 1\r");
    CHECK(bench.inbox.events.size() == 1);
    for (int i = 0; i < 20; ++i) {
        bench.type(std::string(4000, 'x'));
        bench.turn();
    }
    bench.say("");
    bench.say("claim 1");
    CHECK(bench.inbox.events.size() == 2);
    bench.type("claim 1");
    bench.end_of_input();
    bench.turn();
    CHECK(bench.inbox.events.size() == 3);
    CHECK(bench.ended);
}

TEST_CASE("the desk reads from a file, and leaves the descriptor's flags as they were") {
    const auto path =
        std::filesystem::temp_directory_path() / ("rapport-console-" + std::to_string(::getpid()));
    std::ofstream{path} << "claim 1\nquit\n";
    const int file = ::open(path.c_str(), O_RDONLY);
    Bench bench;
    bench.deliver({"o1", {}, false, card()});
    const int flags = ::fcntl(file, F_GETFL);
    ConsoleOptions options;
    options.staff = console_account("bea");
    options.clock = [] { return Time{}; };
    options.random_id = [] { return std::string{"p"}; };
    options.print = [](std::string_view) {};
    ConsoleDesk desk{bench.io.get_executor(), file, options};
    bool ended = false;
    asio::co_spawn(bench.io, desk.run(bench.inbox),
                   [&](std::exception_ptr failure, Result<>) { ended = !failure; });
    bench.turn();
    CHECK(ended);
    CHECK(::fcntl(file, F_GETFL) == flags);
    ::close(file);
    std::filesystem::remove(path);

    const int before = ::fcntl(bench.pipe[0], F_GETFL);
    bench.start();
    bench.say("quit");
    CHECK(bench.ended);
    CHECK(::fcntl(bench.pipe[0], F_GETFL) == before);
}

TEST_CASE("all of a long text is written, also where the descriptor does not block") {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
    write_all(pipe[1], "hello");
    char got[8] = {};
    CHECK(::read(pipe[0], got, sizeof got) == 5);
    ::close(pipe[0]);
    ::close(pipe[1]);
}
