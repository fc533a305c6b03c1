// The office over a real pipeline and a real store on the disk: who is let in, what is durable when it
// answers, and the file of rules.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <sstream>

#include "bot/app.hpp"
#include "bot/notebook.hpp"
#include "bot/store_office.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace rapport;
using namespace rapport::test;
namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

/// The shipped configuration in a folder of its own, with a store beside it, and everything at work.
class Program {
public:
    Program() {
        std::filesystem::copy(RAPPORT_SOURCE_DIR "/config", places_.config,
                              std::filesystem::copy_options::recursive);
        for (const auto& file : std::filesystem::directory_iterator(places_.config))
            std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        world_ = load_world(places_).world;
        REQUIRE(world_);
        engine_.emplace(world_);
        SqliteOptions options;
        options.path = store_path(places_, world_->config);
        options.full_sync = false;
        store_ = std::move(open_sqlite(options)).value();
        PipelineOptions at_work;
        at_work.clock = [] { return Time{std::chrono::milliseconds{1'790'000'000'000}}; };
        pipeline_.emplace(io_.get_executor(), thread_, *store_, *engine_, at_work);
        OfficeParts parts{*pipeline_, thread_, *store_};
        parts.store_path = options.path;
        parts.rules_file = places_.rules_file();
        parts.world = [this] { return world_; };
        parts.reload = [this]() -> asio::awaitable<Result<>> {
            if (reload_breaks_) throw std::runtime_error("a bug");
            world_ = load_world(places_, store_->staffers().value()).world;
            pipeline_->replace_world(world_);
            co_return Result<>{};
        };
        parts.clock = at_work.clock;
        office_.emplace(parts);
    }
    ~Program() { thread_.join(); }

    Answer ask(std::string_view staffer, std::string_view text) {
        Ask ask;
        ask.id = "ask" + std::to_string(++asked_);
        ask.by = {"web", "site", "staff:" + std::string(staffer)};
        ask.text = text;
        return this->ask(std::move(ask));
    }
    Answer ask(Ask ask) {
        Answer answer;
        run([&]() -> asio::awaitable<void> { answer = co_await office_->ask(std::move(ask)); });
        return answer;
    }
    void run(std::function<asio::awaitable<void>()> work) {
        std::exception_ptr failed;
        asio::co_spawn(
            io_, [&]() -> asio::awaitable<void> { co_await (pipeline_->run() || work()); },
            [&](std::exception_ptr error) { failed = error; });
        io_.restart();
        io_.run();
        if (failed) std::rethrow_exception(failed);
    }
    std::string rules() const {
        std::ifstream file{places_.rules_file()};
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    TemporaryFolder folder_{};
    Places places_{.config = folder_.path() / "config"};
    std::shared_ptr<const World> world_{};
    asio::io_context io_{1};
    asio::thread_pool thread_{1};
    std::optional<Engine> engine_{};
    std::unique_ptr<Store> store_{};
    std::optional<Pipeline> pipeline_{};
    std::optional<StoreOffice> office_{};
    int asked_ = 0;
    bool reload_breaks_ = false;
};

std::string text_of(const Answer& answer) {
    const Page* page = std::get_if<Page>(&answer);
    if (!page) return "no page";
    std::string text = page->title;
    for (const Part& part : page->parts) text += "\n" + part.heading + "\n" + part.text;
    return text;
}

}  // namespace

TEST_CASE("the office: a stranger's words get a kind page, their presses nothing at all") {
    Program program;
    CHECK_THAT(text_of(program.ask("nobody", "mine")), ContainsSubstring("ask Ada Winter (lead) to add you"));
    for (const Ask::Kind kind :
         {Ask::Kind::button, Ask::Kind::form, Ask::Kind::home, Ask::Kind::shortcut, Ask::Kind::changed}) {
        Ask ask;
        ask.id = "press";
        ask.kind = kind;
        ask.name = "rules";
        ask.by = {"slack", "T0CUSTOMER", "U1"};
        CHECK(std::holds_alternative<std::monostate>(program.ask(ask)));
    }
}

TEST_CASE("the office: what a staffer sets is durable when the answer comes, and holds at once") {
    Program program;
    CHECK_THAT(text_of(program.ask("ada", "away for 2 days")), ContainsSubstring("away until"));
    CHECK(program.store_->staffers().value().at("ada").away_until >
          Time{std::chrono::milliseconds{1'790'000'000'000}});
    program.ask("bea", "hours mon-fri 9-17");
    const Staffer* bea = program.world_->team.staffer("bea");
    REQUIRE(bea);
    CHECK(bea->hours == WorkingHours::office());
}

TEST_CASE("the office: what goes wrong in one answer is told there, and the next is answered") {
    Program program;
    program.reload_breaks_ = true;
    CHECK_THAT(text_of(program.ask("ada", "hours mon-fri 9-17")), ContainsSubstring("That did not work"));
    program.reload_breaks_ = false;
    CHECK_THAT(text_of(program.ask("ada", "hours mon-fri 9-17")), !ContainsSubstring("That did not work"));
}

TEST_CASE("the office: a file is replaced as a whole, or not at all") {
    TemporaryFolder folder;
    const auto file = folder.path() / "rules.yaml";
    REQUIRE(replace_file(file, "one"));
    REQUIRE(replace_file(file, "two"));
    std::ifstream in{file};
    std::string text;
    in >> text;
    CHECK(text == "two");
    const Result<> failed = replace_file(folder.path() / "nowhere" / "rules.yaml", "three");
    REQUIRE_FALSE(failed);
    CHECK_THAT(failed.error().what, ContainsSubstring("nowhere"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("the notebook keeps, lists by prefix, forgets, and refuses what is too long") {
    Program program;
    program.run([&]() -> asio::awaitable<void> {
        StoreNotebook notebook{program.thread_, *program.store_};
        REQUIRE(co_await notebook.write("slack:T1:card:alert:1:U1", "a"));
        REQUIRE(co_await notebook.write("slack:T1:card:alert:12:U1", "b"));
        REQUIRE(co_await notebook.write("slack:T1:card:alert:1:U1", "c"));
        REQUIRE(co_await notebook.write("other:x", "d"));
        const auto one = co_await notebook.read("slack:T1:card:alert:1:U1");
        REQUIRE(one);
        CHECK(*one == "c");
        const auto none = co_await notebook.read("slack:T1:card:alert:1");
        REQUIRE(none);
        CHECK_FALSE(none->has_value());
        const auto all = co_await notebook.list("slack:T1:");
        REQUIRE(all);
        CHECK(all->size() == 2);
        REQUIRE(co_await notebook.erase("other:x"));
        const auto erased = co_await notebook.read("other:x");
        REQUIRE(erased);
        CHECK_FALSE(erased->has_value());
        const Result<> long_one = co_await notebook.write("slack:long", std::string(65 * 1024, 'x'));
        REQUIRE_FALSE(long_one);
        CHECK_THAT(long_one.error().what, ContainsSubstring("64 KB"));
    });
}
