#include "bot/alerts/card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/alerts/card_fields.hpp"
#include "bot/alerts/introductions.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

constexpr std::string_view prefix = "alert:";

constexpr std::array<std::string_view, 9> state_names{
    "waiting", "held", "open", "claimed", "snoozed", "replied", "dismissed", "expired", "withdrawn"};
constexpr std::array<std::string_view, 5> outcome_names{"none", "verified", "attested", "brand",
                                                        "other staff"};
constexpr std::array<std::string_view, 3> urgency_names{"normal", "high", "digest"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> reason_words{{
    {"answered", "it is answered already"},
    {"not_us", "it is not about us"},
    {"no_reply_wanted", "they don't wait for an answer"},
    {"automated", "it was automated"},
    {"other", "another reason"},
}};

const Staffer* asked(const World& world, const AlertRow& alert) {
    return alert.staffer.empty() ? nullptr : world.team.staffer(alert.staffer);
}

std::string name_of_asked(const World& world, const AlertRow& alert) {
    const Staffer* staffer = asked(world, alert);
    if (staffer) return staffer->full_name;
    return alert.staffer.empty() ? "the team" : alert.staffer;
}

std::string taken(std::chrono::milliseconds time) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time).count();
    if (minutes < 1) return "in less than a minute";
    if (minutes < 60) return fmt::format("after {} min", minutes);
    if (minutes < 48 * 60) return fmt::format("after {} h {} min", minutes / 60, minutes % 60);
    return fmt::format("after {} days", minutes / (24 * 60));
}

std::string replied_line(const State& state, const World& world, const AlertRow& alert) {
    const AccountRow* by =
        alert.answered_by == AccountId::none ? nullptr : state.accounts.find(alert.answered_by);
    const Staffer* staffer = by ? world.team.staffer_of(by->key, alert.closed) : nullptr;
    const std::string who = staffer ? staffer->full_name
                            : by    ? std::string(shown_name(*by))
                                    : name_of_asked(world, alert);
    const std::string took = taken(alert.closed - alert.created);
    switch (alert.outcome) {
        case Outcome::verified:
            return fmt::format("{} answered in person {}. Verified.", who, took);
        case Outcome::other_staff:
            return fmt::format("{} from the team answered {}.", who, took);
        case Outcome::brand:
            return fmt::format("The brand's account answered {}.", took);
        default:
            return alert.asking_about_answer
                       ? fmt::format(
                             "{} says they replied, but nothing is to be seen here. Was it somewhere else?",
                             name_of_asked(world, alert))
                       : fmt::format("{} says they replied.", name_of_asked(world, alert));
    }
}

std::string status(const State& state, const World& world, const AlertRow& alert) {
    const std::string who = name_of_asked(world, alert);
    if (!is_closed(alert.state) && alert.asking_about_answer) return "Was this your answer?";
    switch (alert.state) {
        case AlertState::waiting:
            return "Waiting to see whether it settles by itself";
        case AlertState::held:
            return fmt::format("Held until {}", when_on_card(world, alert, alert.hold_until));
        case AlertState::open:
            return alert.due == never
                       ? fmt::format("Waiting for {}", who)
                       : fmt::format("Waiting for {}, due {}", who, when_on_card(world, alert, alert.due));
        case AlertState::claimed:
            return fmt::format("{} will reply", who);
        case AlertState::snoozed:
            return fmt::format("{} put it off until {}", who, when_on_card(world, alert, alert.snooze_until));
        case AlertState::replied:
            return replied_line(state, world, alert);
        case AlertState::dismissed:
            return fmt::format("Not needed: {}", label_of_reason(alert.reason));
        case AlertState::expired:
            return "Nobody answered in time";
        case AlertState::withdrawn:
            return "Withdrawn";
    }
    return {};
}

Tone tone(const AlertRow& alert) {
    switch (alert.state) {
        case AlertState::open:
            return Tone::asking;
        case AlertState::claimed:
            return Tone::claimed;
        case AlertState::waiting:
        case AlertState::held:
        case AlertState::snoozed:
            return Tone::waiting;
        case AlertState::replied:
            return Tone::done;
        default:
            return Tone::closed;
    }
}

Quote quote_of(const State& state, const MessageRow& message) {
    return {std::string(shown_name(state.accounts.at(message.author))), message.text, message.at,
            message.link};
}

std::vector<Quote> quotes(const State& state, const AlertRow& alert) {
    std::vector<Quote> all;
    for (const MessageId id : alert.quoted)
        if (const MessageRow& message = state.messages.at(id); !message.deleted)
            all.push_back(quote_of(state, message));
    if (alert.answer != MessageId::none)
        if (const MessageRow* answer = state.messages.find(alert.answer); answer && !answer->deleted)
            all.push_back(quote_of(state, *answer));
    return all;
}

Button snooze_button() {
    return {"snooze",
            "Snooze",
            ButtonStyle::normal,
            {{"1 hour", "1h"}, {"3 hours", "3h"}, {"Until tomorrow", "tomorrow"}, {"3 days", "3d"}},
            "",
            ""};
}

Button hand_over_button(const World& world, const AlertRow& alert, Time now) {
    Button button{"hand_over", "Hand over", ButtonStyle::normal, {}, "", ""};
    for (const Staffer& staffer : world.team.staffers())
        if (staffer.on_team(now) && staffer.name != alert.staffer)
            button.options.push_back({staffer.full_name, staffer.name});
    return button;
}

Button dismiss_button() {
    Button button{"dismiss", "Not needed", ButtonStyle::normal, {}, "", ""};
    for (const auto& [value, label] : reason_words)
        button.options.push_back({std::string(label), std::string(value)});
    return button;
}

std::vector<Button> buttons(const State& state, const World& world, const AlertRow& alert, Time now) {
    std::vector<Button> all;
    const auto plain = [&](std::string id, std::string label, ButtonStyle style = ButtonStyle::normal) {
        all.push_back({std::move(id), std::move(label), style, {}, "", ""});
    };
    if (alert.asking_about_answer) {
        plain("answered_yes", "Yes, that was it", ButtonStyle::primary);
        plain("answered_no", "No");
    }
    if (is_closed(alert.state)) {
        plain("why", "Why?");
        return all;
    }
    if (alert.state != AlertState::claimed) plain("claim", "I'll reply", ButtonStyle::primary);
    if (const MessageRow* last = state.messages.find(alert.quoted.back()); last && !last->link.empty())
        all.push_back({"open", "Open", ButtonStyle::normal, {}, last->link, ""});
    if (!all_may_read(state, world, alert, now)) plain("read", "Show me the text");
    plain("replied", "I replied");
    if (alert.state == AlertState::snoozed)
        plain("wake", "Back to me");
    else
        all.push_back(snooze_button());
    if (Button button = hand_over_button(world, alert, now); !button.options.empty())
        all.push_back(std::move(button));
    if (offers_introduction(state, world, alert, now)) plain("introduce", "Ask for an introduction");
    all.push_back(dismiss_button());
    plain("why", "Why?");
    return all;
}

}  // namespace

std::string card_id(AlertId alert) {
    return fmt::format("{}{}", prefix, std::int64_t(alert));
}

AlertId alert_of_card(std::string_view card) {
    if (!card.starts_with(prefix)) return AlertId::none;
    card.remove_prefix(prefix.size());
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(card.data(), card.data() + card.size(), id);
    return error == std::errc{} && end == card.data() + card.size() && id > 0 ? AlertId(id) : AlertId::none;
}

std::string_view label_of_reason(std::string_view reason) {
    for (const auto& [value, label] : reason_words)
        if (value == reason) return label;
    return reason;
}

std::string_view name_of(AlertState state) {
    return state_names[std::size_t(state)];
}
std::string_view name_of(Outcome outcome) {
    return outcome_names[std::size_t(outcome)];
}
std::string_view name_of(Urgency urgency) {
    return urgency_names[std::size_t(urgency)];
}

Card make_card(const State& state, const World& world, const AlertRow& alert, Time now) {
    const ChannelRow& channel = state.channels.at(alert.channel);
    Card card;
    card.id = card_id(alert.id);
    card.revision = alert.revision;
    card.tone = tone(alert);
    card.title = alert.title;
    card.status = status(state, world, alert);
    card.is_private = is_private(state, alert);
    const bool with_text = all_may_read(state, world, alert, now);
    card.fields = card_fields(state, world, alert, with_text, now);
    if (with_text) card.quotes = quotes(state, alert);
    if (const std::string& picture = state.accounts.at(alert.about).picture; picture.starts_with("https://"))
        card.picture = picture;
    card.buttons = buttons(state, world, alert, now);
    for (const AlertLine& line : alert.history) card.history.push_back({line.at, line.text});
    card.conversation = fmt::format("{}:{}:{}", channel.key.platform, channel.key.realm, channel.key.id);
    return card;
}

Outgoing make_outgoing(const State& state, const World& world, const AlertRow& alert, bool notify, Time now) {
    Outgoing outgoing;
    outgoing.id = fmt::format("{}/{}", card_id(alert.id), alert.revision);
    outgoing.notify = notify;
    outgoing.body = make_card(state, world, alert, now);
    // Whoever has seen the card must see what became of it.
    for (const std::string& name : alert.asked) {
        outgoing.team |= name.empty();
        if (const Staffer* staffer = world.team.staffer(name))
            outgoing.to.insert(outgoing.to.end(), staffer->accounts.begin(), staffer->accounts.end());
    }
    return outgoing;
}

}  // namespace rapport
