#include "bench/world.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "bot/config/load.hpp"
#include "rules/diagnostic.hpp"

namespace rapport::bench {

const std::string_view ten_rules = R"(
rules:
  - name: production-down
    title: Somebody's production is down
    when: message.text contains "production cluster is down"
    ask: [owner, strongest tie, on duty in support]
    reply within: 1h
    urgency: high
  - name: champion-waits
    title: A champion waits
    when: person.role in [champion, partner] and message.needs_reply
    after: 15m
    ask: [owner, on duty in community]
    reply within: 2h
  - name: customer-trouble
    title: A customer has trouble
    when: person.role in [customer, trial] and (message.kind in [problem, complaint] or message.sentiment < -2)
    ask: [owner, on duty in support]
    reply within: 1h
  - name: close-person-waits
    title: Somebody close waits
    when: person.depth >= close and message.needs_reply and not conversation.answered_by_person
    ask: [strongest tie]
    reply within: 4h
  - name: newcomer-staffed
    title: A newcomer asks in a staffed place
    when: person.is_new and message.needs_reply and conversation.channel = "help-newcomers"
    after: 30m
    ask: [on duty in community]
    reply within: 4h
  - name: large-reach
    title: Somebody whom many hear
    when: person.reach >= 10000 and message.mentions_brand
    ask: [channel]
    reply within: 4h
  - name: praise
    title: Kind words from a friend
    when: message.kind in [praise, thanks] and message.mentions_brand and person.depth >= familiar
    ask: [strongest tie]
    reply within: 1d
  - name: press
    title: Press or a lawyer
    when: message.text matches /\b(journalist|press enquiry|my lawyer)\b/i
    ask: [on duty in support]
    reply within: 1h
  - name: valued-and-unhappy
    title: Somebody valued is unhappy
    when: person.value > 60 and message.sentiment < -2
    ask: [owner]
    reply within: 2h
  - name: lost-contact
    title: Somebody whom we lost
    when: person.last_contact > 90d and person.tie > 2
    ask: [strongest tie]
    reply within: 1d
)";

namespace {

constexpr std::string_view team_of_three = R"(
brand: {names: [Acme], accounts: ["slack:T0HOME0001:U0BRAND001"]}
staff:
  ada: {full_name: Ada Winter, hours: always, capacity: 1000, accounts: ["slack:T0HOME0001:U0STAFF001"], lead: true}
  bea: {full_name: Bea Morgan, hours: always, capacity: 1000, accounts: ["slack:T0HOME0001:U0STAFF002"]}
  cyd: {full_name: Cyd Tanaka, hours: always, capacity: 1000, accounts: ["slack:T0HOME0001:U0STAFF003"]}
groups: {community: [ada, bea], support: [bea, cyd]}
)";

template <class T>
T must(Loaded<T> loaded) {
    if (!loaded.value) throw std::runtime_error(loaded.problems.front().text());
    return std::move(*loaded.value);
}

std::string condition(std::size_t n) {
    static constexpr std::array<std::string_view, 6> roles{"champion", "customer", "partner",
                                                           "trial",    "investor", "speaker"};
    static constexpr std::array<std::string_view, 5> kinds{"problem", "complaint", "request", "question",
                                                           "praise"};
    switch (n % 5) {
        case 0:
            return fmt::format(
                "person.role has {} and message.kind = {} and message.text contains \"term{}\"",
                roles[n % roles.size()], kinds[n % kinds.size()], n);
        case 1:
            return fmt::format("message.kind = {} and person.reach >= {} and message.needs_reply",
                               kinds[n % kinds.size()], 1000 + n);
        case 2:
            return fmt::format("message.text matches /\\b(word{}|phrase{})s?\\b/i and not person.bot", n, n);
        case 3:
            return fmt::format("message.topics has topic{} and message.sentiment < -1", n);
        default:
            return fmt::format("conversation.channel = \"room-{}\" and person.depth >= familiar", n);
    }
}

}  // namespace

std::string synthetic_rules(std::size_t count) {
    std::string yaml = "rules:\n";
    for (std::size_t n = 0; n < count; ++n)
        fmt::format_to(
            std::back_inserter(yaml),
            "  - name: rule-{0}\n    title: Rule {0}\n    when: >-\n      {1}\n    ask: [channel]\n"
            "    reply within: 1h\n",
            n, condition(n));
    return yaml;
}

std::shared_ptr<const World> make_world(std::string_view rules) {
    return make_world(rules, team_of_three);
}

std::shared_ptr<const World> make_world(std::string_view rules, std::string_view team) {
    rules::LoadResult loaded = rules::load(rules, "rules.yaml");
    if (!loaded.rules) throw std::runtime_error(to_string(loaded.diagnostics.front()));
    return std::make_shared<const World>(must(load_team(team, "team.yaml")), std::move(*loaded.rules),
                                         must(load_config("", "rapport.yaml")));
}

}  // namespace rapport::bench
