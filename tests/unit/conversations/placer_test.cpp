#include "bot/conversations/placer.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h};
constexpr AccountId ada{1}, bea{2}, sam{3}, kim{4}, stranger{9};

/// A channel in which things were said, and the next message in it.
struct Place {
    ChannelRow channel{};
    std::map<AccountId, std::string> handles{{ada, "ada"}, {bea, "bea"}, {sam, "Sam"}, {kim, "kim"}};

    explicit Place(ChannelKind kind) { channel.kind = kind; }
    Place& said(AccountId who, std::int64_t conversation, Time at) {
        const auto id = MessageId(std::int64_t(100 + channel.recent.size()));
        channel.recent.push_back({id, who, ConversationId(conversation), at});
        return *this;
    }
    Placement next(AccountId who, std::string_view text, Time at, const std::vector<AccountId>& mentions = {},
                   const MessageRow* reply_to = nullptr, const MessageRow* thread = nullptr) const {
        const SimplePlacer placer{ConversationsConfig{}};
        return placer.place({channel, who, text, at, reply_to, thread, mentions,
                             [&](AccountId id) { return std::string_view{handles.at(id)}; }});
    }
};

MessageRow message(std::int64_t id, AccountId author, std::int64_t conversation) {
    MessageRow row;
    row.id = MessageId(id);
    row.author = author;
    row.conversation = ConversationId(conversation);
    return row;
}

using Names = std::vector<std::string_view>;
using Addressed = std::vector<AccountId>;

}  // namespace

TEST_CASE("a reply belongs to the conversation of what it answers, wherever and however late") {
    for (const auto kind : {ChannelKind::open, ChannelKind::group, ChannelKind::dm, ChannelKind::ticket}) {
        Place place{kind};
        place.said(ada, 1, noon).said(bea, 2, noon + 1min);
        const MessageRow parent = message(100, ada, 1);
        const Placement placed = place.next(sam, "bea: thanks", noon + 2400h, {}, &parent);
        CHECK(placed.conversation == ConversationId{1});
        CHECK(placed.answers == MessageId{100});
        CHECK(placed.linked);
        CHECK(placed.addressed == Addressed{ada});
    }
}

TEST_CASE("in a thread whoever is named or mentioned is meant, and not who began it") {
    Place place{ChannelKind::open};
    place.said(sam, 1, noon).said(kim, 1, noon + 1min).said(bea, 2, noon + 2min);
    const MessageRow root = message(100, sam, 1);
    const auto addressed = [&](std::string_view text, const std::vector<AccountId>& mentions) {
        return place.next(ada, text, noon + 3min, mentions, &root, &root).addressed;
    };
    CHECK(addressed("It does.", {}) == Addressed{sam});
    CHECK(addressed("Kim, on a Mac it runs.", {}) == Addressed{kim});
    CHECK(addressed("On a Mac it runs.", {kim}) == Addressed{kim});
    CHECK(place.next(ada, "Kim: it runs", noon + 3min, {}, &root, &root).answers == MessageId{101});
    CHECK(place.next(ada, "It runs", noon + 3min, {}, &root, &root).answers == MessageId{100});
    CHECK(addressed("sam, kim: it does", {}) == Addressed{sam, kim});
    CHECK(addressed("bea: can you look?", {}) == Addressed{sam});  // she does not talk here
    CHECK(addressed("Can you look?", {bea}) == Addressed{sam, bea});
}

TEST_CASE("in a thread a message answers its first message, unless it replies to another") {
    Place place{ChannelKind::open};
    const MessageRow root = message(100, ada, 1), parent = message(105, bea, 1);
    const Placement in_thread = place.next(sam, "hm", noon, {}, nullptr, &root);
    CHECK(in_thread.conversation == ConversationId{1});
    CHECK(in_thread.answers == MessageId{100});
    CHECK(in_thread.linked);
    const Placement both = place.next(sam, "hm", noon, {}, &parent, &root);
    CHECK(both.answers == MessageId{105});
    CHECK(both.addressed == Addressed{bea});
}

TEST_CASE("who answers themselves addresses nobody") {
    Place place{ChannelKind::open};
    const MessageRow mine = message(100, sam, 1);
    const Placement placed = place.next(sam, "and one more thing", noon, {}, &mine);
    CHECK(placed.conversation == ConversationId{1});
    CHECK(placed.addressed.empty());
}

TEST_CASE("a direct message goes on until it falls silent") {
    Place place{ChannelKind::dm};
    CHECK(place.next(sam, "hello", noon).conversation == ConversationId::none);
    place.said(sam, 1, noon).said(ada, 1, noon + 1h);
    const Placement goes_on = place.next(sam, "thanks", noon + 13h);
    CHECK(goes_on.conversation == ConversationId{1});
    CHECK(goes_on.answers == MessageId{101});
    CHECK(goes_on.linked);
    CHECK(goes_on.addressed == Addressed{ada});
    const Placement anew = place.next(sam, "hello again", noon + 13h + 1ms);
    CHECK(anew.conversation == ConversationId::none);
    CHECK_FALSE(anew.linked);
    CHECK(anew.addressed.empty());
}

TEST_CASE("in a direct message one answers what the other said last, even before one's own words") {
    Place place{ChannelKind::ticket};
    place.said(ada, 1, noon).said(sam, 1, noon + 1min).said(sam, 1, noon + 2min);
    const Placement placed = place.next(sam, "and also", noon + 3min);
    CHECK(placed.answers == MessageId{100});
    CHECK(placed.addressed == Addressed{ada});
    Place alone{ChannelKind::dm};
    alone.said(sam, 1, noon);
    const Placement mine = alone.next(sam, "anybody?", noon + 1min);
    CHECK(mine.conversation == ConversationId{1});
    CHECK(mine.answers == MessageId::none);
    CHECK_FALSE(mine.linked);
}

TEST_CASE("in an open channel a name at the start joins what its bearer said last, as a guess") {
    for (const char* text : {"ada: how so?", "@ada how so?", "ADA: how so?", "Ada, how so?", "  ada: so"}) {
        Place place{ChannelKind::open};
        place.said(ada, 1, noon).said(ada, 2, noon + 1min).said(bea, 3, noon + 2min);
        const Placement placed = place.next(sam, text, noon + 5min);
        INFO(text);
        CHECK(placed.conversation == ConversationId{2});
        CHECK(placed.answers == MessageId{101});
        CHECK_FALSE(placed.linked);
        CHECK(placed.addressed == Addressed{ada});
    }
}

TEST_CASE("a handle with capitals is found by small letters") {
    Place place{ChannelKind::open};
    place.said(sam, 1, noon);
    CHECK(place.next(ada, "sam: yes", noon + 1min).addressed == Addressed{sam});
}

TEST_CASE("of two names both are addressed, and the first one's conversation is joined") {
    Place place{ChannelKind::open};
    place.said(ada, 1, noon).said(bea, 2, noon + 1min);
    const Placement placed = place.next(sam, "ada, bea: thanks to both", noon + 2min);
    CHECK(placed.conversation == ConversationId{1});
    CHECK(placed.addressed == Addressed{ada, bea});
}

TEST_CASE("a name later in the text, an unknown name or one's own joins nobody") {
    Place place{ChannelKind::open};
    place.said(ada, 1, noon).said(sam, 2, noon);
    for (const char* text : {"I told ada: no", "zoe: hi", "note: this is it", "ada", "adam: hi"}) {
        const Placement placed = place.next(kim, text, noon + 1min);
        INFO(text);
        CHECK(placed.conversation == ConversationId::none);
        CHECK(placed.addressed.empty());
    }
    CHECK(place.next(sam, "sam: note to self", noon + 1min).addressed.empty());
}

TEST_CASE("a name counts only within the window") {
    Place place{ChannelKind::open};
    place.said(ada, 1, noon);
    CHECK(place.next(sam, "ada: hi", noon + 30min).conversation == ConversationId{1});
    CHECK(place.next(sam, "ada: hi", noon + 30min + 1ms).conversation == ConversationId::none);
}

TEST_CASE("a mention joins the mentioned one's conversation, and addresses them in any case") {
    Place place{ChannelKind::group};
    place.said(ada, 1, noon).said(bea, 2, noon);
    const Placement placed = place.next(sam, "what do you think?", noon + 1min, {bea, bea, sam, stranger});
    CHECK(placed.conversation == ConversationId{2});
    CHECK_FALSE(placed.linked);
    CHECK(placed.addressed == Addressed{bea, stranger});
    const MessageRow parent = message(100, ada, 1);
    CHECK(place.next(sam, "and you?", noon, {bea}, &parent).addressed == Addressed{ada, bea});
    Place dm{ChannelKind::dm};
    CHECK(dm.next(sam, "ask them", noon, {bea}).addressed == Addressed{bea});
}

TEST_CASE("who goes on talking stays in their conversation, within the window, addressing nobody") {
    Place place{ChannelKind::open};
    place.said(sam, 1, noon).said(ada, 2, noon + 1min);
    const Placement placed = place.next(sam, "forgot to say", noon + 30min);
    CHECK(placed.conversation == ConversationId{1});
    CHECK(placed.answers == MessageId::none);
    CHECK_FALSE(placed.linked);
    CHECK(placed.addressed.empty());
    CHECK(place.next(sam, "forgot", noon + 31min).conversation == ConversationId::none);
    CHECK(place.next(kim, "hello all", noon + 2min).conversation == ConversationId::none);
}

TEST_CASE("what names nobody plainly follows the latest word of somebody else, within the window") {
    const auto follows = [](const Place& place, std::string_view text, Time at,
                            std::vector<AccountId> mentions = {}, const MessageRow* reply_to = nullptr) {
        const Placing placing{
            place.channel, ada,
            text,          at,
            reply_to,      nullptr,
            mentions,      [&](AccountId id) { return std::string_view{place.handles.at(id)}; }};
        const Placement placement = SimplePlacer{ConversationsConfig{}}.place(placing);
        const Recent* before = plainly_followed(placing, placement, 30min);
        return before ? before->author : AccountId::none;
    };
    for (const auto kind : {ChannelKind::open, ChannelKind::group}) {
        Place place{kind};
        CHECK(follows(place, "it does", noon) == AccountId::none);
        place.said(kim, 1, noon).said(sam, 2, noon + 1min);
        CHECK(follows(place, "it does", noon + 2min) == sam);
        CHECK(follows(place, "it does", noon + 31min) == sam);
        CHECK(follows(place, "it does", noon + 31min + 1ms) == AccountId::none);
        CHECK(follows(place, "kim: it does", noon + 2min) == AccountId::none);
        CHECK(follows(place, "nobody: it does", noon + 2min) == AccountId::none);
        CHECK(follows(place, "it does", noon + 2min, {kim}) == AccountId::none);
        const MessageRow parent = message(7, kim, 1);
        CHECK(follows(place, "it does", noon + 2min, {}, &parent) == AccountId::none);
        Place own = place;
        own.said(ada, 2, noon + 2min);
        CHECK(follows(own, "it does", noon + 3min) == AccountId::none);
        own.said(sam, 2, noon + 3min);
        CHECK(follows(own, "it does", noon + 4min) == sam);
        Place busy = place;
        busy.said(ada, 1, noon + 2min).said(sam, 2, noon + 3min);
        CHECK(follows(busy, "it does", noon + 4min) == AccountId::none);
    }
    Place direct{ChannelKind::dm};
    direct.said(sam, 1, noon);
    CHECK(follows(direct, "it does", noon + 1min) == AccountId::none);
}

TEST_CASE("leading names are cut out of the text as written") {
    CHECK(leading_names("ada: hi") == Names{"ada"});
    CHECK(leading_names("ada, bea: hi") == Names{"ada", "bea"});
    CHECK(leading_names("@ada hi") == Names{"ada"});
    CHECK(leading_names("@ada @bea hi") == Names{"ada", "bea"});
    CHECK(leading_names("@ada: hi") == Names{"ada"});
    CHECK(leading_names("ada") == Names{});
    CHECK(leading_names("@ada") == Names{"ada"});
    CHECK(leading_names("") == Names{});
    CHECK(leading_names("@ hi") == Names{});
    CHECK(leading_names(": hi") == Names{});
    CHECK(leading_names("ada: bea: hi") == Names{"ada"});
    CHECK(leading_names("Grüße, ada: hi") == Names{"Grüße", "ada"});
    CHECK(leading_names("a,b,c,d,e: hi").size() == 4);
    CHECK(leading_names(std::string(65, 'a') + ": hi").empty());
    CHECK(leading_names(std::string(64, 'a') + ": hi").size() == 1);
}

TEST_CASE("leading names of any text are few, short, not empty and inside the text") {
    std::mt19937 random{23};
    const std::string letters = "ab@:, \n\t\xc3\xbc\xff@:,";
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (std::size_t length = random() % 30; length > 0; --length)
            text += letters[random() % letters.size()];
        for (const std::string_view name : leading_names(text)) {
            REQUIRE(!name.empty());
            REQUIRE(name.size() <= 64);
            REQUIRE(name.data() >= text.data());
            REQUIRE(name.data() + name.size() <= text.data() + text.size());
            REQUIRE(name.find_first_of(" :,\n\t") == std::string_view::npos);
        }
        REQUIRE(leading_names(text).size() <= 4);
    }
}
