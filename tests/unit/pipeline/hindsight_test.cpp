// What the rules saw of a message when it was said.

#include "bot/pipeline/hindsight.hpp"

#include "bot/store/sqlite/throw_away.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;
using rules::Fact;

namespace {

const std::string_view no_rules = "rules: []\n";

Result<std::shared_ptr<Store>> open_empty() {
    return open_throw_away("hindsight");
}

std::map<MessageId, rules::Facts> look_back(House& house, std::set<MessageId> at) {
    const auto world = std::shared_ptr<const World>(std::shared_ptr<void>{}, &house.world());
    auto seen = hindsight(house.store(), world, std::move(at), open_empty, {});
    if (!seen) throw std::runtime_error(seen.error().what);
    return std::move(*seen);
}

}  // namespace

TEST_CASE("facts are those of the moment at which a message was said, not of today") {
    House house{no_rules};
    const std::string first = house.say("kim", "Does it speak IPv6?");
    house.later(1h);
    house.say("ada", "It does.", {.reply_to = first});
    house.later(1h);
    const std::string second = house.say("kim", "And IPv4?", {.reply_to = first});
    for (int i = 0; i < 20; ++i) {
        house.later(1h);
        const std::string more = house.say("kim", "ada: and this?");
        house.say("ada", "kim: yes", {.reply_to = more});
    }
    const MessageId one = house.message(first).id, two = house.message(second).id;
    const auto seen = look_back(house, {one, two, MessageId{123'456}});
    REQUIRE(seen.size() == 2);
    CHECK(seen.at(one).get(Fact::person_messages) == rules::Value{1.0});
    CHECK(seen.at(one).get(Fact::person_is_new) == rules::Value{true});
    CHECK(seen.at(one).get(Fact::conversation_answered_by_person) == rules::Value{false});
    CHECK(seen.at(two).get(Fact::person_messages) == rules::Value{2.0});
    CHECK(seen.at(two).get(Fact::message_text) == rules::Value{std::string("And IPv4?")});
}

TEST_CASE("a message that is gone is not seen again, and nothing is told for nothing") {
    House house{no_rules};
    const std::string said = house.say("kim", "Does it speak IPv6?");
    const MessageId id = house.message(said).id;
    house.remove(said);
    CHECK(look_back(house, {id}).empty());
    int stores = 0;
    const auto counted = [&]() -> Result<std::shared_ptr<Store>> { return ++stores, open_empty(); };
    const auto world = std::shared_ptr<const World>(std::shared_ptr<void>{}, &house.world());
    CHECK(hindsight(house.store(), world, {}, counted, {}).value().empty());
    CHECK(stores == 0);
}

TEST_CASE("a look back can be stopped, and only reads") {
    House house{no_rules};
    const MessageId id = house.message(house.say("kim", "Does it speak IPv6?")).id;
    const auto before = house.all_rows();
    BacktestOptions options;
    options.stop = [] { return true; };
    const auto world = std::shared_ptr<const World>(std::shared_ptr<void>{}, &house.world());
    CHECK_FALSE(hindsight(house.store(), world, {id}, open_empty, options));
    look_back(house, {id});
    CHECK(house.all_rows() == before);
}
