#include "simulation/script.hpp"

#include <fmt/format.h>

#include <array>

#include "bot/config/load.hpp"
#include "rules/diagnostic.hpp"

namespace rapport::test {

namespace {

constexpr std::array<std::string_view, 6> texts{"Does 2.0 speak IPv6?",
                                                "It crashes when I start it, what can I do?",
                                                "thanks!",
                                                "Could you look at my request?",
                                                "Acme is great",
                                                "Hello everybody"};
constexpr std::array<std::string_view, 6> people{"sam", "kim", "lou", "max", "pat", "zoe"};
constexpr std::array<std::string_view, 3> staff{"ada", "bea", "cyd"};
constexpr std::array<std::string_view, 3> channels{"help", "general", "dm-kim"};

const std::string_view rules_yaml = R"(
rules:
  - name: waits
    when: message.needs_reply and not conversation.answered_by_person
    after: 10m
    ask: [owner, strongest tie, on duty in community]
    reply within: 1h
    escalate: [{after: 2h, to: on duty in support}, {after: 5h, to: channel}]
    cooldown: 2h
  - name: praise
    when: message.mentions_brand
    ask: ["@cyd"]
    urgency: high
    reply within: 3h
    brand reply: counts
    cooldown: 1h
)";

const std::string_view team_file = R"(
brand: {names: [Acme], accounts: ["chat:home:brand"]}
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, hours: office, capacity: 2}
  bea: {accounts: ["chat:home:bea"], zone: America/New_York, hours: office, backup: cyd}
  cyd: {accounts: ["chat:home:cyd"], zone: Asia/Tokyo, hours: always, lead: true}
groups: {community: [ada, bea], support: [bea, cyd]}
)";

template <std::size_t N>
std::string one_of(const std::array<std::string_view, N>& all, std::mt19937_64& random) {
    return std::string(all[std::uniform_int_distribution<std::size_t>{0, N - 1}(random)]);
}

bool chance(std::mt19937_64& random, unsigned percent) {
    return std::uniform_int_distribution<unsigned>{0, 99}(random) < percent;
}

Told told_message(Message message, std::string source) {
    Told told;
    told.is_message = true;
    told.message = message.key();
    MessagePosted posted;
    posted.message = std::move(message);
    told.event.body = std::move(posted);
    told.event.source = std::move(source);
    return told;
}

Message blank_message(std::size_t number, const std::string& author, const std::string& channel, Time now) {
    Message message;
    message.id = fmt::format("m{:04}", number);
    message.channel = {
        {"chat", "home", channel}, channel, channel.starts_with("dm") ? ChannelKind::dm : ChannelKind::open};
    message.author.key = {"chat", "home", author};
    message.author.handle = author;
    message.at = now;
    return message;
}

const Message* some_question(const std::vector<Told>& before, std::mt19937_64& random) {
    if (before.empty()) return nullptr;
    const Told& told = before[std::uniform_int_distribution<std::size_t>{0, before.size() - 1}(random)];
    if (!told.is_message || told.event.source == "staff") return nullptr;
    return &std::get<MessagePosted>(told.event.body).message;
}

}  // namespace

Time script_start() {
    using namespace std::chrono;
    return sys_days{year{2026} / 3 / 2} + hours{7};
}

std::shared_ptr<const World> script_world() {
    Loaded<Team> team = load_team(team_file, "team.yaml");
    if (!team.value) throw std::runtime_error(team.problems.front().text());
    rules::LoadResult rules = rules::load(rules_yaml, "rules.yaml");
    if (!rules.rules) throw std::runtime_error(to_string(rules.diagnostics.front()));
    return std::make_shared<const World>(std::move(*team.value), std::move(*rules.rules), Config{});
}

Told message_of(std::size_t number, std::mt19937_64& random, Time now, const std::vector<Told>& before) {
    const Message* question = chance(random, 30) ? some_question(before, random) : nullptr;
    if (!question)
        return told_message(
            [&] {
                Message message =
                    blank_message(number, one_of(people, random), one_of(channels, random), now);
                message.text = one_of(texts, random);
                return message;
            }(),
            "person");
    const std::string author = chance(random, 15) ? "brand" : one_of(staff, random);
    Message answer = blank_message(number, author, question->channel.key.id, now);
    answer.text = "Here is how it works.";
    if (chance(random, 70))
        answer.reply_to = question->id;
    else
        answer.text = question->author.handle + ": here is how it works.";
    return told_message(std::move(answer), "staff");
}

Told change_of(const Told& message, std::mt19937_64& random, Time now) {
    Told told;
    if (chance(random, 50))
        told.event.body = MessageDeleted{message.message, now};
    else
        told.event.body = MessageEdited{message.message, one_of(texts, random), now};
    told.event.source = "person";
    return told;
}

std::optional<Event> press_of(std::size_t number, std::mt19937_64& random, Time now,
                              const std::map<std::string, Card>& cards) {
    if (cards.empty()) return std::nullopt;
    auto card = cards.begin();
    std::advance(card, std::uniform_int_distribution<std::size_t>{0, cards.size() - 1}(random));
    if (card->second.buttons.empty()) return std::nullopt;
    const auto& buttons = card->second.buttons;
    const Button& button = buttons[std::uniform_int_distribution<std::size_t>{0, buttons.size() - 1}(random)];
    Action action;
    action.id = fmt::format("press{}", number);
    action.by = {"chat", "home", chance(random, 5) ? "sam" : one_of(staff, random)};
    action.card = card->first;
    action.button = button.id;
    if (!button.options.empty())
        action.values["choice"] =
            button.options[std::uniform_int_distribution<std::size_t>{0, button.options.size() - 1}(random)]
                .value;
    action.at = now;
    Event event;
    event.body = std::move(action);
    event.source = "staff";
    return event;
}

}  // namespace rapport::test
