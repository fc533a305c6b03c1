#include "unit/web/peer.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

Card card(std::string id, std::uint32_t revision = 0) {
    Card made;
    made.id = std::move(id);
    made.revision = revision;
    made.title = "A champion is waiting";
    made.conversation = "web:site:" + visitor;
    made.buttons = {{"claim", "I'll reply", ButtonStyle::primary}};
    return made;
}

Outgoing outgoing(std::string id, std::vector<AccountKey> to, decltype(Outgoing::body) body) {
    Outgoing made;
    made.id = std::move(id);
    made.team = to.empty();
    made.to = std::move(to);
    made.body = std::move(body);
    return made;
}

const AccountKey ada{"web", "site", "staff:ada"};
const AccountKey bea{"web", "site", "staff:bea"};

}  // namespace

TEST_CASE("a visitor's message becomes an event and is called sent only when it is durable") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        site.house.hold = true;
        Peer page = co_await site.chat();
        const json::object welcome = co_await page.next("welcome");
        CHECK(welcome.at("brand").as_string() == "Kestrel Books");
        CHECK(welcome.at("you").as_string() == visitor);
        page.send({{"type", "say"}, {"id", message_id(1)}, {"text", " Does it speak IPv6? "}});
        auto early = co_await (page.next("sent") || pause(50ms));
        CHECK(early.index() == 1);
        REQUIRE(site.house.messages().size() == 1);
        const Message message = site.house.messages().front();
        CHECK(message.channel.key == ChannelKey{"web", "site", visitor});
        CHECK(message.channel.kind == ChannelKind::ticket);
        CHECK(message.author.key == AccountKey{"web", "site", visitor});
        CHECK(message.author.name == "Ana");
        CHECK(message.text == "Does it speak IPv6?");
        CHECK(message.role.empty());
        CHECK_THAT(message.link, ContainsSubstring("/desk#conversation=" + visitor));
        for (const Event& event : site.house.events) CHECK(event.source.find(secret) == std::string::npos);
        site.house.release();
        const json::object sent = co_await page.next("sent");
        CHECK(sent.at("id").as_string() == message_id(1));
    });
}

TEST_CASE("a page that comes back gets what it missed, and its repeated message is one message") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        {
            Peer page = co_await site.chat();
            for (int i = 1; i <= 3; ++i) {
                page.send({{"type", "say"}, {"id", message_id(i)}, {"text", std::to_string(i)}});
                co_await page.next("sent");
            }
        }
        Peer page = co_await site.chat("Ana", message_id(1));
        const json::object welcome = co_await page.next("welcome");
        REQUIRE(welcome.at("lines").as_array().size() == 2);
        CHECK(welcome.at("lines").as_array().front().at("id").as_string() == message_id(2));
        CHECK_FALSE(welcome.at("whole").as_bool());
        page.send({{"type", "say"}, {"id", message_id(3)}, {"text", "3"}});
        co_await page.next("sent");
        CHECK(site.house.said[visitor].size() == 3);
    });
}

TEST_CASE("too long, empty, too fast: refused in words, and told when to try again") {
    web::Config config = test_config();
    config.limits.messages = {2, 10s};
    config.limits.text = 10;
    config.clock = [] { return Time{1'700'000'000s}; };
    with_site(config, [](Site& site) -> awaitable<void> {
        Peer page = co_await site.chat();
        page.send({{"type", "say"},
                   {"id", message_id(1)},
                   {"text", "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"}});
        const json::object longer = co_await page.next("refused");
        CHECK(longer.at("text").as_string() ==
              "That is 11 characters; 10 fit into one message. Please send it in parts.");
        CHECK(longer.at("again_in").as_int64() == 0);
        page.send({{"type", "say"}, {"id", message_id(2)}, {"text", " \n "}});
        co_await page.next("refused");
        for (int i = 3; i <= 5; ++i) page.send({{"type", "say"}, {"id", message_id(i)}, {"text", "hi"}});
        const json::object fast = co_await page.next("refused");
        CHECK(fast.at("id").as_string() == message_id(5));
        CHECK(fast.at("again_in").as_int64() == 5000);
        CHECK(site.house.messages().size() == 2);
        CHECK(site.house.messages().front().at == Time{1'700'000'000s});
    });
}

TEST_CASE("however long texts may be, they fit into a frame and an event") {
    web::Config config = test_config();
    config.limits.text = 1'000'000;
    with_site(config, [](Site& site) -> awaitable<void> {
        Peer page = co_await site.chat();
        const json::object welcome = co_await page.next("welcome");
        REQUIRE(welcome.at("limit").as_int64() == 16'384);
        std::string longest;
        for (int i = 0; i < 16'384; ++i) longest += "\U0001F600";
        page.send({{"type", "say"}, {"id", message_id(1)}, {"text", longest}});
        co_await page.next("sent");
        CHECK((site.house.messages().front().text == longest));
        page.send({{"type", "say"}, {"id", message_id(2)}, {"text", std::string(16'385, '"')}});
        co_await page.next("refused");
    });
}

TEST_CASE("the desk opens with the token and with nothing else") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        for (const char* token : {"", "0123456789abcdef0123456789abcdee", "0123456789abcdef"}) {
            Peer thief = co_await Peer::open(site.adapter, "/ws/desk");
            thief.send({{"type", "hello"}, {"token", token}});
            const std::uint16_t code = co_await thief.closed();
            CHECK(code == 4403);
        }
        Peer pusher = co_await Peer::open(site.adapter, "/ws/desk");
        pusher.send({{"type", "iam"}, {"name", "ada"}});
        const std::uint16_t pushed = co_await pusher.closed();
        CHECK(pushed == 4403);
        Peer good = co_await site.desk("ada");
        const json::object desk = co_await good.next("desk");
        CHECK(desk.at("me").as_string() == "ada");
        Peer stranger = co_await site.desk("mallory");
        const json::object trouble = co_await stranger.next();
        CHECK(trouble.at("type").as_string() == "trouble");
        stranger.send({{"type", "press"}, {"id", "press-12345678"}, {"card", "c"}, {"button", "b"}});
        const std::uint16_t code = co_await stranger.closed();
        CHECK(code == 1008);
        CHECK(site.house.actions().empty());
    });
    web::Config open = test_config();
    open.token = "short";
    with_site(open, [](Site& site) -> awaitable<void> {
        Peer guess = co_await Peer::open(site.adapter, "/ws/desk");
        guess.send({{"type", "hello"}, {"token", "short"}});
        const std::uint16_t code = co_await guess.closed();
        CHECK(code == 4403);
    });
}

TEST_CASE("the team changes while the program runs: the desk is open to whoever is on it now") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        Peer choosing = co_await Peer::open(site.adapter, "/ws/desk");
        choosing.send({{"type", "hello"}, {"token", test_config().token}});
        CHECK((co_await choosing.next("roster")).at("staff").as_array().size() == 2);
        Peer other = co_await site.desk("bea");
        co_await other.next("desk");

        site.adapter.replace_roster({{"ada", "Ada Lovelace"}, {"cyd", "Cyd Tanaka"}});
        const json::object second = co_await choosing.next("roster");
        CHECK(second.at("staff").as_array().at(1).at("name").as_string() == "cyd");
        choosing.send({{"type", "iam"}, {"name", "cyd"}});
        CHECK((co_await choosing.next("desk")).at("me").as_string() == "cyd");
        CHECK((co_await other.next("roster")).at("staff").as_array().size() == 2);  // Bea's seat is gone
        other.send({{"type", "dismiss"}, {"letter", "any"}});
        CHECK((co_await other.closed()) == 1008);
        CHECK(site.adapter.reaches({"web", "site", "staff:cyd"}));
        CHECK_FALSE(site.adapter.reaches({"web", "site", "staff:bea"}));
        choosing.send({{"type", "iam"}, {"name", "bea"}});
        CHECK((co_await choosing.next("trouble")).at("text").as_string().find("bea") != json::string::npos);
    });
}

TEST_CASE("a staffer answers as themselves or as the brand, and the visitor sees who it was") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        Peer page = co_await site.chat();
        page.send({{"type", "say"}, {"id", message_id(1)}, {"text", "Hello?"}});
        co_await page.next("sent");
        Peer desk = co_await site.desk("ada");
        const json::object state = co_await desk.next("desk");
        REQUIRE(state.at("conversations").as_array().size() == 1);
        desk.send({{"type", "open"}, {"channel", visitor}});
        const json::object transcript = co_await desk.next("transcript");
        CHECK(transcript.at("lines").as_array().size() == 1);
        desk.send({{"type", "say"},
                   {"id", message_id(2)},
                   {"channel", visitor},
                   {"text", "Yes?"},
                   {"reply_to", message_id(1)}});
        json::object line = co_await page.next("line");
        if (line.at("line").at("id").as_string() == message_id(1)) line = co_await page.next("line");
        CHECK(line.at("line").at("who").as_string() == "staff");
        CHECK(line.at("line").at("name").as_string() == "Ada Lovelace");
        desk.send({{"type", "say"},
                   {"id", message_id(3)},
                   {"channel", visitor},
                   {"text", "Hi!"},
                   {"as_brand", true}});
        const json::object brand = co_await page.next("line");
        CHECK(brand.at("line").at("who").as_string() == "brand");
        const std::vector<Message> messages = site.house.messages();
        REQUIRE(messages.size() == 3);
        CHECK(messages[1].author.key == ada);
        CHECK(messages[1].role == "staff");
        CHECK(messages[1].reply_to == message_id(1));
        CHECK(messages[1].channel.key.id == visitor);
        CHECK(messages[2].author.key == AccountKey{"web", "site", "brand"});
        CHECK(messages[2].role == "brand");
    });
}

TEST_CASE("cards reach those they are for, are edited in place, and a press comes back as an action") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        CHECK(site.adapter.reaches(ada));
        CHECK_FALSE(site.adapter.reaches({"web", "site", "staff:mallory"}));
        CHECK_FALSE(site.adapter.reaches({"web", "other", "staff:ada"}));
        CHECK_FALSE(site.adapter.reaches({"web", "site", visitor}));
        co_await site.adapter.deliver(outgoing("o1", {ada}, card("c1")));
        Peer hers = co_await site.desk("ada");
        Peer other = co_await site.desk("bea");
        const json::object seen = co_await hers.next("desk");
        const json::object not_seen = co_await other.next("desk");
        REQUIRE(seen.at("cards").as_array().size() == 1);
        CHECK(seen.at("cards").as_array()[0].at("channel").as_string() == visitor);
        CHECK(seen.at("cards").as_array()[0].at("mine").as_bool());
        CHECK(not_seen.at("cards").as_array().empty());
        co_await site.adapter.deliver(outgoing("o2", {}, card("c2")));
        const json::object team = co_await other.next("card");
        CHECK_FALSE(team.at("card").at("mine").as_bool());
        co_await site.adapter.deliver(outgoing("o3", {ada}, card("c1", 2)));
        co_await site.adapter.deliver(outgoing("o4", {ada}, card("c1", 1)));
        co_await site.adapter.deliver(outgoing("o5", {ada}, Notice{"press-12345678", "You have it."}));
        json::object first = co_await hers.next("card");
        if (first.at("card").at("id").as_string() == "c2") first = co_await hers.next("card");
        CHECK(first.at("card").at("revision").as_int64() == 2);
        const json::object next = co_await hers.next();
        CHECK(next.at("type").as_string() == "notice");
        site.house.hold = true;
        hers.send({{"type", "press"},
                   {"id", "press-12345678"},
                   {"card", "c1"},
                   {"button", "snooze"},
                   {"values", {{"choice", "1h"}}}});
        co_await until([&] { return site.house.actions().size() == 1; });
        const Action action = site.house.actions().front();
        CHECK(action.by == ada);
        CHECK((action.id == "press-12345678" && action.card == "c1" && action.button == "snooze"));
        CHECK(action.values.at("choice") == "1h");
        site.house.release();
        const json::object pressed = co_await hers.next();
        CHECK(pressed.at("type").as_string() == "pressed");
    });
}

TEST_CASE("a notice waits for a staffer who is not there and is told once, however often it is delivered") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            co_await site.adapter.deliver(
                outgoing("same", {bea}, Notice{"press-12345678", "Bea was faster."}));
        }
        Peer desk = co_await site.desk("bea");
        co_await desk.next("notice");
        co_await site.adapter.deliver(outgoing("other", {bea}, Notice{"press-12345679", "Second."}));
        const json::object second = co_await desk.next();
        CHECK(second.at("text").as_string() == "Second.");
    });
}

TEST_CASE("when the program is full the page is not read, and nothing is lost") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        site.house.full = true;
        Peer page = co_await site.chat();
        for (int i = 0; i < 5; ++i) page.send({{"type", "say"}, {"id", message_id(i)}, {"text", "hi"}});
        co_await pause(50ms);
        CHECK(site.house.waits == 1);
        CHECK(site.house.messages().empty());
        site.house.full = false;
        for (int i = 0; i < 5; ++i) co_await page.next("sent");
        CHECK(site.house.messages().size() == 5);
    });
}

TEST_CASE("a page may have so much unconfirmed and no more") {
    web::Config config = test_config();
    config.limits.unconfirmed = 2;
    with_site(config, [](Site& site) -> awaitable<void> {
        site.house.hold = true;
        Peer page = co_await site.chat();
        for (int i = 0; i < 5; ++i) page.send({{"type", "say"}, {"id", message_id(i)}, {"text", "hi"}});
        co_await pause(50ms);
        CHECK(site.house.messages().size() == 2);
        site.house.hold = false;
        site.house.release();
        for (int i = 0; i < 5; ++i) co_await page.next("sent");
        CHECK(site.house.messages().size() == 5);
    });
}

TEST_CASE("a page may be gone when its message is confirmed, and the whole adapter too") {
    std::vector<Acked> late;
    with_site(test_config(), [&](Site& site) -> awaitable<void> {
        site.house.hold = true;
        {
            Peer page = co_await site.chat();
            page.send({{"type", "say"}, {"id", message_id(1)}, {"text", "hi"}});
            co_await until([&] { return site.house.messages().size() == 1; });
        }
        co_await pause(20ms);
        late.push_back(site.house.held.front());
        site.house.release();
        co_await pause(5ms);
    });
    REQUIRE(late.size() == 1);
    late.front()();
}

TEST_CASE("a broken transcript is told, and writing goes on") {
    with_site(test_config(), [](Site& site) -> awaitable<void> {
        site.house.broken = true;
        Peer page = co_await site.chat();
        co_await page.next("welcome");
        co_await page.next("trouble");
        page.send({{"type", "say"}, {"id", message_id(1)}, {"text", "hi"}});
        co_await page.next("sent");
    });
}

TEST_CASE("a visitor may have so many windows and no more, and a rename is told") {
    web::Config config = test_config();
    config.limits.tabs = 2;
    with_site(config, [](Site& site) -> awaitable<void> {
        Peer first = co_await site.chat();
        co_await first.next("welcome");
        Peer second = co_await site.chat();
        co_await second.next("welcome");
        Peer third = co_await site.chat();
        const std::uint16_t code = co_await third.closed();
        CHECK(code == 4429);
        first.send({{"type", "name"}, {"name", " Ana\u0007 Lima "}});
        co_await until([&] { return !site.house.events.empty(); });
        const Account account = std::get<AccountChanged>(site.house.events.front().body).account;
        CHECK(account.name == "Ana Lima");
        CHECK(account.key.id == visitor);
    });
}
