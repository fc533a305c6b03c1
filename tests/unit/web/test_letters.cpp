#include "adapters/net/base64.hpp"
#include "adapters/web/letters.hpp"
#include "adapters/web/page_json.hpp"
#include "support/fake_slack_world.hpp"
#include "unit/web/peer.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

const AccountKey to_ada{"web", "site", "staff:ada"};
const AccountKey to_bea{"web", "site", "staff:bea"};

Letter week(std::string image = "\x89PNG bars") {
    Letter letter;
    letter.page.id = "report";
    letter.page.title = "The week";
    Part part;
    part.heading = "Answers";
    part.text = "62 of 100\nin person";
    part.fields = {{"Ada", "40"}, {"Bea", "22"}};
    part.quotes = {{"Ana", "Thank you!", Time{std::chrono::hours{480'000}}, "https://example.org/1"}};
    part.buttons = {
        {"report:why", "How is this counted?", ButtonStyle::primary, {{"By day", "day"}}, "", "Sure?"}};
    letter.page.parts.push_back(std::move(part));
    letter.image = std::move(image);
    letter.image_text = "Bars: Ada 40, Bea 22";
    letter.image_title = "Answers by staffer";
    return letter;
}

Outgoing sent(std::string id, std::vector<AccountKey> to, Letter letter = week()) {
    Outgoing outgoing;
    outgoing.id = std::move(id);
    outgoing.team = to.empty();
    outgoing.to = std::move(to);
    outgoing.notify = true;
    outgoing.body = std::move(letter);
    return outgoing;
}

web::KeptLetter kept(std::string id, std::set<std::string> to, int minute = 0, std::string image = {}) {
    const Letter letter = week();
    return {std::move(id),     letter.page,        std::move(image),
            letter.image_text, letter.image_title, Time{std::chrono::minutes{minute}},
            std::move(to)};
}

/// The website with an office and a notebook, which can be stopped and started again.
struct Desks {
    template <class Body>
    void run_with(Body body, web::Config config = test_config()) {
        web::WebAdapter adapter{std::move(config), house, &office, &notebook};
        run([](Desks& desks, web::WebAdapter& site, Body b) -> awaitable<void> {
            desks.house.executor = co_await asio::this_coro::executor;
            const Result<> listening = site.listen(desks.house.executor);
            REQUIRE(listening);
            auto serve = [](Desks& d, web::WebAdapter& s) -> awaitable<void> { co_await s.run(d.house); };
            co_await beside(serve(desks, site), b(site));
        }(*this, adapter, std::move(body)));
    }
    static awaitable<Peer> sit(web::WebAdapter& site, std::string name) {
        Peer peer = co_await Peer::open(site, "/ws/desk");
        peer.send({{"type", "hello"}, {"token", test_config().token}});
        co_await peer.next("roster");
        peer.send({{"type", "iam"}, {"name", name}});
        co_return peer;
    }
    /// Letters on the desk of somebody who has just sat down.
    static awaitable<std::size_t> lying(web::WebAdapter& site, std::string name) {
        Peer peer = co_await sit(site, std::move(name));
        const json::object list = co_await peer.next("letters");
        co_return list.at("ids").as_array().size();
    }
    awaitable<void> deliver(web::WebAdapter& site, Outgoing outgoing) {
        Result<> done = Error{};
        for (int tries = 0; tries < 100 && !done; ++tries) {
            done = co_await site.deliver(outgoing);
            if (!done) co_await pause(2ms);
        }
        REQUIRE(done);
    }

    FakeHouse house{};
    FakeOffice office{};
    FakeNotebook notebook{};
};

json::object ask(std::string id, std::string name, bool is_form = false) {
    return {{"type", "ask"}, {"id", id}, {"form", is_form}, {"name", name}, {"values", {{"choice", "day"}}}};
}

TEST_CASE("a page is the same after it was JSON") {
    Page page = week().page;
    page.parts.push_back({});
    page.parts.back().picture = "https://example.org/a.png";
    page.parts.back().picture_text = "A face";
    const Page back = web::page_of(json::parse(json::serialize(web::to_json(page))).as_object());
    CHECK(json::serialize(web::to_json(back)) == json::serialize(web::to_json(page)));
    CHECK(back.parts.at(0).quotes.at(0).at == page.parts.at(0).quotes.at(0).at);
    CHECK(back.parts.at(0).buttons.at(0).style == ButtonStyle::primary);
    CHECK(back.parts.at(0).buttons.at(0).options.at(0).value == "day");
    CHECK(web::page_of({{"parts", 7}, {"title", json::array{}}}).parts.empty());
}

TEST_CASE("a letter lies on the desks of those it is for, once, until each has dismissed it") {
    Desks desks;
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        co_await desks.deliver(site, sent("letter:1", {to_ada, to_bea}));
        Peer hers = co_await desks.sit(site, "ada");
        CHECK((co_await hers.next("letters")).at("ids") == json::array{"letter:1"});
        const json::object frame = co_await hers.next("letter");
        const json::object& letter = frame.at("letter").as_object();
        CHECK(frame.at("notify") == false);
        CHECK(letter.at("page").at("title") == "The week");
        CHECK(letter.at("picture") == true);
        CHECK(letter.at("picture_text") == "Bars: Ada 40, Bea 22");

        hers.send({{"type", "picture"}, {"letter", "letter:1"}});
        const json::object picture = co_await hers.next("picture");
        CHECK(net::from_base64(std::string(picture.at("png").as_string())) == "\x89PNG bars");

        co_await desks.deliver(site, sent("letter:1", {to_ada, to_bea}));
        co_await desks.deliver(site, sent("letter:2", {to_ada}, week("")));
        const json::object second = co_await hers.next();
        CHECK(second.at("letter").at("id") == "letter:2");
        CHECK(second.at("notify") == true);
        CHECK(second.at("letter").at("picture") == false);

        Peer also = co_await desks.sit(site, "ada");
        co_await also.next("letters");
        hers.send({{"type", "dismiss"}, {"letter", "letter:1"}});
        CHECK((co_await hers.next("dismissed")).at("letter") == "letter:1");
        CHECK((co_await also.next("dismissed")).at("letter") == "letter:1");
        CHECK(co_await desks.lying(site, "ada") == 1);
        CHECK(co_await desks.lying(site, "bea") == 1);
    });
}

TEST_CASE("a letter for all lies on every desk, and a picture is for those whose letter it is") {
    Desks desks;
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        co_await desks.deliver(site, sent("for-all", {}));
        co_await desks.deliver(site, sent("for-bea", {to_bea}));
        Peer hers = co_await desks.sit(site, "ada");
        CHECK((co_await hers.next("letters")).at("ids") == json::array{"for-all"});
        hers.send({{"type", "picture"}, {"letter", "for-bea"}});
        hers.send({{"type", "dismiss"}, {"letter", "for-bea"}});
        hers.send({{"type", "picture"}, {"letter", "for-all"}});
        CHECK((co_await hers.next("picture")).at("letter") == "for-all");
        CHECK(co_await desks.lying(site, "bea") == 2);
    });
}

TEST_CASE("letters wait over a restart, with their pictures, and what was dismissed stays away") {
    Desks desks;
    std::string noise(150'000, '\0');  // in four notes
    for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = char(i * 7919 % 251);
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        co_await desks.deliver(site, sent("letter:1", {to_ada, to_bea}, week(noise)));
        co_await desks.deliver(site, sent("letter:2", {to_ada}));
        Peer hers = co_await desks.sit(site, "ada");
        hers.send({{"type", "dismiss"}, {"letter", "letter:2"}});
        co_await hers.next("dismissed");
    });
    for (const auto& [key, value] : desks.notebook.notes) CHECK(value.size() <= 64 * 1024);
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        co_await desks.deliver(site,
                               sent("letter:1", {to_ada, to_bea}, week(noise)));  // the outbox did not know
        Peer hers = co_await desks.sit(site, "ada");
        CHECK((co_await hers.next("letters")).at("ids") == json::array{"letter:1"});
        const json::object letter = co_await hers.next("letter");
        CHECK(json::serialize(letter.at("letter").at("page")) == json::serialize(web::to_json(week().page)));
        hers.send({{"type", "picture"}, {"letter", "letter:1"}});
        const json::object picture = co_await hers.next("picture");
        CHECK(net::from_base64(std::string(picture.at("png").as_string())) == noise);
        hers.send({{"type", "dismiss"}, {"letter", "letter:1"}});
        co_await hers.next("dismissed");
        Peer his = co_await desks.sit(site, "bea");
        his.send({{"type", "dismiss"}, {"letter", "letter:1"}});
        co_await his.next("dismissed");
        co_await until([&] { return desks.notebook.notes.empty(); });
    });
    CHECK(desks.notebook.notes.empty());
}

TEST_CASE("so many letters lie on a desk and the oldest make room") {
    FakeNotebook notebook;
    run([](FakeNotebook& book) -> awaitable<void> {
        web::Letters letters{&book, "site", 2};
        const Result<bool> too_early = co_await letters.put(kept("early", {"ada"}));
        CHECK_FALSE(too_early);
        REQUIRE(co_await letters.load([](const std::string&) { return true; }));
        for (int i = 1; i <= 3; ++i) {
            const Result<bool> put =
                co_await letters.put(kept("letter:" + std::to_string(i), {"ada", i == 1 ? "bea" : "ada"}, i));
            REQUIRE(put);
            CHECK(*put);
        }
        CHECK(letters.of("ada") == std::vector<std::string>{"letter:2", "letter:3"});
        CHECK(letters.of("bea") == std::vector<std::string>{"letter:1"});
        CHECK(letters.find("letter:1", "ada") == nullptr);
        const Result<bool> for_nobody = co_await letters.put(kept("nobody", {}));
        CHECK((for_nobody && !*for_nobody));
    }(notebook));
}

TEST_CASE("a letter is there though the oldest cannot make room, and a note that lies is no harm") {
    FakeNotebook notebook;
    run([](FakeNotebook& book) -> awaitable<void> {
        const auto anybody = [](const std::string&) { return true; };
        web::Letters letters{&book, "site", 1};
        REQUIRE(co_await letters.load(anybody));
        REQUIRE(co_await letters.put(kept("first", {"ada"}, 1)));
        book.erases = false;
        const Result<bool> second = co_await letters.put(kept("second", {"ada"}, 2));
        CHECK((second && *second));
        CHECK(letters.find("second", "ada") != nullptr);

        book.notes["web:site:letter:many"] = R"({"at": 3, "to": ["ada"], "parts": 9000000000000000000})";
        book.notes["web:site:letter:less"] = R"({"at": 4, "to": ["ada"], "parts": -1})";
        web::Letters again{&book, "site", 9};
        REQUIRE(co_await again.load(anybody));
        CHECK(again.find("second", "ada") != nullptr);
    }(notebook));
}

TEST_CASE("what a crash left half written is forgotten, and so is what is for nobody any more") {
    FakeNotebook notebook;
    run([](FakeNotebook& book) -> awaitable<void> {
        const auto anybody = [](const std::string&) { return true; };
        web::Letters letters{&book, "site", 9};
        REQUIRE(co_await letters.load(anybody));
        REQUIRE(co_await letters.put(kept("whole", {"ada"}, 1, std::string(100'000, 'A'))));
        REQUIRE(co_await letters.put(kept("half", {"ada"}, 2)));
        REQUIRE(co_await letters.put(kept("gone", {"zoe"}, 3)));
        REQUIRE(book.notes.erase("web:site:letter:half") == 1);
        book.notes["web:other:letter:x"] = "another website's";

        web::Letters again{&book, "site", 9};
        REQUIRE(co_await again.load([](const std::string& name) { return name == "ada"; }));
        CHECK(again.of("ada") == std::vector<std::string>{"whole"});
        CHECK(again.find("whole", "ada")->image == std::string(100'000, 'A'));
        CHECK(again.of("zoe").empty());
        for (const auto& [key, value] : book.notes)
            CHECK((key.find("whole") != std::string::npos || key.starts_with("web:other:")));
        CHECK(book.notes.size() == 4);
    }(notebook));
}

TEST_CASE("a page that leaves while the office thinks holds nobody up") {
    Desks desks;
    desks.office.delay = std::chrono::milliseconds{50};
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        Peer hers = co_await desks.sit(site, "ada");
        co_await hers.next("letters");
        hers.send(ask("ask-000000000001", "day"));
        co_await until([&] { return !desks.office.asks.empty(); });
    });
    CHECK(desks.office.asks.size() == 1);
}

TEST_CASE("a press of a letter's button asks the office, and its answer is shown") {
    Desks desks;
    desks.office.answer = [](const Ask& asked) -> Answer {
        if (asked.name == "form") {
            Form form;
            form.id = "person";
            form.context = "7";
            form.fields = {{"note", "Note", FieldKind::text, "", {}, false, "as it was"}};
            return form;
        }
        if (asked.kind == Ask::Kind::form) return FormErrors{{"note", "Too short."}};
        if (asked.name == "nothing") return {};
        Page page;
        page.title = "So it is counted";
        return page;
    };
    desks.run_with([&](web::WebAdapter& site) -> awaitable<void> {
        Peer hers = co_await desks.sit(site, "ada");
        co_await hers.next("letters");
        hers.send(ask("ask-12345678", "report:why"));
        CHECK((co_await hers.next()).at("page").at("title") == "So it is counted");
        CHECK((co_await hers.next()).at("id") == "ask-12345678");
        REQUIRE(desks.office.asks.size() == 1);
        const Ask& asked = desks.office.asks.at(0);
        CHECK(asked.kind == Ask::Kind::button);
        CHECK(asked.by == to_ada);
        CHECK(asked.name == "report:why");
        CHECK(asked.id == "web:ask-12345678");
        CHECK(asked.values.at("choice") == "day");

        hers.send(ask("ask-12345679", "form"));
        const json::object form = co_await hers.next("form");
        CHECK(form.at("form").at("for_office") == true);
        CHECK(form.at("form").at("context") == "7");
        CHECK(form.at("form").at("fields").at(0).at("value") == "as it was");
        co_await hers.next("asked");
        hers.send(ask("ask-12345670", "person", true));
        CHECK((co_await hers.next()).at("errors").at("note") == "Too short.");
        co_await hers.next("asked");
        hers.send(ask("ask-12345671", "nothing"));
        CHECK((co_await hers.next()).at("type") == "asked");
    });
}

TEST_CASE("where no office is, a press says so") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        Peer desk = co_await site.desk("ada");
        co_await desk.next("letters");
        desk.send(ask("ask-12345678", "report:why"));
        CHECK((co_await desk.next()).at("type") == "trouble");
        CHECK((co_await desk.next()).at("type") == "asked");
    });
}

TEST_CASE("nobody asks the office before they have said who they are") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        Peer desk = co_await Peer::open(site.adapter, "/ws/desk");
        desk.send({{"type", "hello"}, {"token", test_config().token}});
        co_await desk.next("roster");
        desk.send(ask("ask-12345678", "report:why"));
        CHECK(co_await desk.closed() == 1008);
    });
}

}  // namespace
