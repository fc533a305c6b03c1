#include "bot/letters/write.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/alerts/card_fields.hpp"
#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/material.hpp"
#include "bot/reports/page.hpp"
#include "bot/reports/picture.hpp"

namespace rapport::letters {

namespace {

constexpr std::size_t most_lines = 12;
constexpr std::size_t most_silent = 5;

Button button(std::string id, std::string label, ButtonStyle style = ButtonStyle::normal) {
    return {std::move(id), std::move(label), style, {}, "", ""};
}

std::string name_of_account(WritingDesk& desk, AccountId id) {
    const AccountRow* row = desk.lookup.account(id);
    return row ? std::string(shown_name(*row)) : "somebody";
}

std::string usual(std::chrono::milliseconds rhythm) {
    const auto days = std::chrono::round<std::chrono::days>(rhythm).count();
    return days < 2 ? "every day" : fmt::format("every {} days", days);
}

/// What closed, in one line; empty: nothing did.
std::string closed_line(WritingDesk& desk, const Staffer& staffer) {
    const Time since = desk.now - std::chrono::hours{24};
    const auto alerts = desk.store.alerts_since(since);
    if (!alerts) throw StoreUnreadable(alerts.error().what);
    std::size_t verified = 0, attested = 0, others = 0, rest = 0;
    for (const AlertRow& alert : *alerts) {
        if (!is_closed(alert.state) || alert.closed < since || alert.opened == never) continue;
        if (std::find(alert.asked.begin(), alert.asked.end(), staffer.name) == alert.asked.end()) continue;
        ++(alert.outcome == Outcome::verified      ? verified
           : alert.outcome == Outcome::attested    ? attested
           : alert.outcome == Outcome::other_staff ? others
                                                   : rest);
    }
    if (verified + attested + others + rest == 0) return {};
    std::string line;
    const auto add = [&](std::size_t count, std::string_view what) {
        if (count > 0) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, what);
    };
    add(verified, "answered in person");
    add(attested, "answered, as you say");
    add(others, "answered by a colleague");
    add(rest, "closed without an answer");
    return line;
}

/// My open alerts, those that waited for this letter first.
std::vector<AlertRow> open_alerts(WritingDesk& desk, const Staffer& staffer) {
    constexpr std::size_t most_open = 10'000;
    auto alerts = desk.store.alerts(true, AlertId::none, most_open);
    if (!alerts) throw StoreUnreadable(alerts.error().what);
    std::erase_if(*alerts, [&](const AlertRow& alert) {
        return is_closed(alert.state) || alert.opened == never || alert.staffer != staffer.name;
    });
    std::stable_sort(alerts->begin(), alerts->end(), [](const AlertRow& a, const AlertRow& b) {
        const bool first = a.policy.urgency == Urgency::digest, second = b.policy.urgency == Urgency::digest;
        return first != second ? first : a.due < b.due;
    });
    return std::move(*alerts);
}

std::string standing(const AlertRow& alert, const Staffer& staffer) {
    if (alert.state == AlertState::claimed) return "you said that you will reply";
    if (alert.state == AlertState::snoozed)
        return "put off until " + local_date_text(staffer.zone, alert.snooze_until);
    return alert.due == never ? "open" : "due " + local_date_text(staffer.zone, alert.due);
}

/// What was last said, unless it was said in private.
std::string last_words(WritingDesk& desk, const Staffer& staffer, const Silence& silence) {
    constexpr std::size_t longest = 140;
    const AccountRow* account = desk.lookup.account(silence.account);
    const MessageRow* message =
        account && account->contact != MessageId::none ? desk.lookup.message(account->contact) : nullptr;
    const ChannelRow* channel = message ? desk.lookup.channel(message->channel) : nullptr;
    if (!channel || message->deleted) return {};
    const AccountRow* author = desk.lookup.account(message->author);
    const Staffer* by = author ? desk.world.team.staffer_of(author->key, message->at) : nullptr;
    if (!by || by->name != staffer.name) return {};  // a colleague spoke with them since
    if (channel->kind == ChannelKind::dm) return "in a direct message";
    return fmt::format("\"{}\" (in {})", in_short(message->text, longest),
                       channel->name.empty() ? channel->key.id : channel->name);
}

Button how_often(const AccountKey& key) {
    Button choice = button("rhythm/" + text_of(key), "How often?");
    choice.options = {{"Every month", "30d"},
                      {"Every three months", "90d"},
                      {"As usual between us", "learn"},
                      {"Don't remind me of them", "off"}};
    return choice;
}

}  // namespace

std::optional<Letter> digest(WritingDesk& desk, const Staffer& staffer) {
    Letter letter;
    letter.page = {"digest", fmt::format("Good morning {}", staffer.full_name), {}};
    if (const std::vector<AlertRow> open = open_alerts(desk, staffer); !open.empty()) {
        Part part;
        part.heading = fmt::format("{} {} for you", open.size(), open.size() == 1 ? "waits" : "wait");
        for (std::size_t i = 0; i < std::min(open.size(), most_lines); ++i)
            part.fields.push_back({name_of_account(desk, open[i].about),
                                   fmt::format("{}, {}", open[i].title, standing(open[i], staffer))});
        if (open.size() > most_lines) part.text = fmt::format("And {} more.", open.size() - most_lines);
        part.buttons = {button("say/mine", "Show them", ButtonStyle::primary)};
        letter.page.parts.push_back(std::move(part));
    }
    if (const auto silent = silences(desk, staffer, Depth::familiar); !silent.empty()) {
        Part part;
        part.heading = "Losing touch with";
        for (std::size_t i = 0; i < std::min(silent.size(), most_silent); ++i)
            part.fields.push_back(
                {silent[i].name, "last contact " + local_date_text(staffer.zone, silent[i].last)});
        letter.page.parts.push_back(std::move(part));
    }
    if (std::string closed = closed_line(desk, staffer); !closed.empty()) {
        Part part;
        part.heading = "Since yesterday";
        part.text = std::move(closed);
        letter.page.parts.push_back(std::move(part));
    }
    if (letter.page.parts.empty()) return std::nullopt;
    return letter;
}

Letter reminder(WritingDesk& desk, const Staffer& staffer, const Silence& silence) {
    Letter letter;
    letter.page = {"rhythm", fmt::format("You have not heard from {} for a while", silence.name), {}};
    Part part;
    part.text = "Perhaps a word from you is due? Write to them as yourself, wherever you like.";
    part.fields = {{"Who", fmt::format("{}, {}", silence.name, name_of(silence.depth))},
                   {"Last contact", local_date_text(staffer.zone, silence.last)},
                   {"Usually", usual(silence.rhythm)}};
    if (std::string words = last_words(desk, staffer, silence); !words.empty())
        part.fields.push_back({"You said", std::move(words)});
    part.buttons = {button("who/" + text_of(silence.key), "Who is this?", ButtonStyle::primary),
                    how_often(silence.key)};
    letter.page.parts.push_back(std::move(part));
    return letter;
}

Letter takeover(const Staffer& left, const std::vector<Succession>& all) {
    Letter letter;
    letter.page = {
        "succession", fmt::format("{} has left: who looks after their people?", left.full_name), {}};
    Part head;
    head.text = fmt::format("{} {} somebody new. Nothing changes until you say so.", all.size(),
                            all.size() == 1 ? "person needs" : "people need");
    head.buttons = {button("successors/" + left.name, "Take over all as proposed", ButtonStyle::primary)};
    letter.page.parts.push_back(std::move(head));
    for (std::size_t i = 0; i < std::min(all.size(), most_lines); ++i) {
        const Succession& one = all[i];
        Part part;
        part.heading = one.name;
        part.text = one.successor ? fmt::format("{} {}.", one.successor->full_name, one.because)
                                  : "Nobody suggests themselves.";
        part.fields = {{"How close", std::string(name_of(one.depth))}};
        if (one.successor)
            part.buttons.push_back(
                button(fmt::format("successor/{}/{}", one.successor->name, text_of(one.key)),
                       fmt::format("{} looks after them", one.successor->full_name)));
        letter.page.parts.push_back(std::move(part));
    }
    if (all.size() > most_lines) {
        Part more;
        more.text = fmt::format("And {} more.", all.size() - most_lines);
        letter.page.parts.push_back(std::move(more));
    }
    return letter;
}

Letter weekly(WritingDesk& desk, std::string_view zone) {
    const reports::Stretch week = reports::last_week(zone, desk.now);
    const auto report = reports::report_of(desk.store, desk.world, week.from, week.until, zone);
    if (!report) throw StoreUnreadable(report.error().what);
    Letter letter;
    letter.page = reports::page_of(*report, zone);
    letter.image_text = reports::image_text(*report);
    letter.image_title = reports::stretch_text(week, zone);
    if (Result<std::string> drawn = reports::draw(*report); drawn && drawn->size() <= max_image)
        letter.image = std::move(*drawn);  // without it the numbers still stand
    return letter;
}

}  // namespace rapport::letters
