// The words of the rules and the words of the code are one list.

#include "bot/alerts/card.hpp"
#include "bot/people/person.hpp"
#include "bot/reading/reading.hpp"
#include "rules/rule_set.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// Whether a rules file may say it.
bool accepted(const std::string& condition) {
    const rules::LoadResult loaded =
        rules::load("rules:\n  - name: one\n    when: " + condition + "\n", "rules.yaml");
    for (const rules::Diagnostic& problem : loaded.diagnostics) UNSCOPED_INFO(to_string(problem));
    return loaded.rules.has_value();
}

std::vector<std::string_view> allowed(std::string_view fact) {
    const auto found = rules::find_fact(fact);
    REQUIRE(found);
    const auto words = rules::info(*found).allowed;
    return {words.begin(), words.end()};
}

}  // namespace

TEST_CASE("message.kind knows exactly the kinds that a reading has, in their order") {
    std::vector<std::string_view> kinds;
    for (auto kind = MessageKind::problem; kind <= MessageKind::chatter; kind = MessageKind(int(kind) + 1))
        kinds.push_back(name_of(kind));
    CHECK(allowed("message.kind") == kinds);
    for (const std::string_view kind : kinds) CHECK(accepted("message.kind = " + std::string(kind)));
    CHECK_FALSE(accepted("message.kind = spam"));
}

TEST_CASE("person.depth knows exactly the levels of a relationship, rising") {
    std::vector<std::string_view> levels;
    for (auto depth = Depth::stranger; depth <= Depth::core; depth = Depth(int(depth) + 1)) {
        levels.push_back(name_of(depth));
        CHECK(rules::to_string(rules::Level(depth)) == name_of(depth));
        CHECK(accepted("person.depth >= " + std::string(name_of(depth))));
    }
    CHECK(allowed("person.depth") == levels);
}

TEST_CASE("conversation.kind knows exactly the kinds of places, and each is what its messages say") {
    std::size_t count = 0;
    for (const auto [kind, name] : {std::pair{ChannelKind::open, "open"},
                                    {ChannelKind::group, "group"},
                                    {ChannelKind::dm, "dm"},
                                    {ChannelKind::ticket, "ticket"}}) {
        ++count;
        CHECK(accepted(std::string("conversation.kind = ") + name));
        House house{std::string("rules:\n  - name: one\n    when: conversation.kind = ") + name +
                    "\n    ask: [\"@ada\"]\n"};
        const Saying how{.kind = kind};
        const std::string said = house.say("kim", "Hello", how);
        CHECK(house.why("one", said, how) ==
              std::string("✓ conversation.kind = ") + name + " — it is " + name + "\n");
        CHECK(house.alerts().size() == 1);
    }
    CHECK(allowed("conversation.kind").size() == count);
}
