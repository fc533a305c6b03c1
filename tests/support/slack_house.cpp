#include <boost/asio/post.hpp>
#include <thread>

#include "support/slack_house_parts.hpp"

namespace rapport::test {

SlackHouse::SlackHouse(std::string_view rules, std::string_view team, std::string_view config)
    : PlainHouse(Closed{}, rules, in_slack(team), in_slack(config)) {
    parts_ = std::make_unique<Parts>(*this);
    parts_->ensure_team();
    std::ofstream{rules_file()} << rules;
    parts_->open();
}

SlackHouse::~SlackHouse() = default;

std::filesystem::path SlackHouse::rules_file() const {
    return parts_->rules_file();
}

slack::SlackDouble& SlackHouse::slack() {
    return parts_->slack;
}

AccountKey SlackHouse::key(std::string_view who, std::string_view platform) const {
    if (platform != "chat") return PlainHouse::key(who, platform);
    return {"slack", workspace, user_id(who)};
}

ChannelKey SlackHouse::channel_of(const Saying& how) const {
    if (how.platform != "chat") return PlainHouse::channel_of(how);
    const auto at = parts_->channels.find(how.channel);
    return {"slack", workspace, at == parts_->channels.end() ? "C0" + upper(how.channel) : at->second};
}

std::string SlackHouse::native(std::string_view id) const {
    const auto at = parts_->ids.find(std::string(id));
    return at == parts_->ids.end() ? std::string(id) : at->second;
}

std::string SlackHouse::link(std::string_view id, Saying where) const {
    std::string ts = native(id);
    const std::string channel = channel_of(where).id;
    const auto& messages = parts_->slack.world().place(channel).messages;
    std::string thread;
    if (const auto at = messages.find(ts); at != messages.end()) thread = text_at(at->second, "thread_ts");
    std::string digits = ts;
    std::erase(digits, '.');
    const std::string plain = fmt::format("https://house.slack.com/archives/{}/p{}", channel, digits);
    return thread.empty() || thread == ts ? plain
                                          : fmt::format("{}?thread_ts={}&cid={}", plain, thread, channel);
}

// ---------------------------------------------------------------------------------------- what goes in

Event SlackHouse::saying(std::string_view who, std::string_view text, Saying how) {
    if (how.platform == "chat") {
        parts_->ensure_user(who, how.bot);
        parts_->ensure_channel(how, who);
    }
    Event event = PlainHouse::saying(who, text, how);
    if (how.platform != "chat") return event;
    Message& message = std::get<MessagePosted>(event.body).message;
    auto& ids = parts_->ids;
    if (!ids.contains(message.id)) ids[message.id] = parts_->slack.world().next_ts();
    message.id = ids.at(message.id);
    message.link = link(message.id, how);
    if (!how.reply_to.empty()) message.reply_to = native(how.reply_to);
    if (!how.thread.empty()) message.thread = native(how.thread);
    return event;
}

std::string SlackHouse::say_and_go(std::string_view who, std::string_view text, Saying how) {
    parts_->ensure_user(who, how.bot || how.role == "bot");
    const std::string channel = parts_->ensure_channel(how, who);
    slack::Saying saying;
    const std::string root = native(how.thread.empty() ? how.reply_to : how.thread);
    const auto& messages = parts_->slack.world().place(channel).messages;
    if (const auto at = messages.find(root); at != messages.end()) {
        const std::string above = text_at(at->second, "thread_ts");
        saying.thread = above.empty() ? root : above;
    }
    saying.quiet = !parts_->pipeline;  // nobody is there to be told
    if (how.via_app) saying.also = {{"app_id", "A0TOOL"}, {"bot_id", "B0TOOL"}};
    std::string words = escaped(text);
    for (const std::string& mention : how.mentions) {
        parts_->ensure_user(mention, false);
        words = fmt::format("<@{}> {}", user_id(mention), words);
    }
    const std::string ts = parts_->slack.people().say(user_id(who), channel, words, std::move(saying));
    parts_->ids[ts] = ts;
    parts_->ids[how.id.empty() ? fmt::format("m{:06}", next_id_++) : how.id] = ts;
    return ts;
}

/// What only an import can say is an event as in a PlainHouse.
std::string SlackHouse::say(std::string_view who, std::string_view text, Saying how) {
    const bool seen = !how.id.empty() && parts_->ids.contains(how.id);
    const bool import = !how.role.empty() && how.role != "bot";  // Slack tells only of bots
    if (how.platform != "chat" || how.late || import || seen)
        return native(PlainHouse::say(who, text, std::move(how)));
    std::string ts = say_and_go(who, text, std::move(how));
    settle();
    return ts;
}

void SlackHouse::edit(std::string_view id, std::string_view text, Saying where) {
    parts_->slack.people().edit(channel_of(where).id, native(id), escaped(text));
    settle();
}

void SlackHouse::remove(std::string_view id, Saying where) {
    parts_->slack.people().remove(channel_of(where).id, native(id));
    settle();
}

std::string SlackHouse::press(std::string_view staffer, AlertId alert, std::string_view button,
                              std::string_view choice, std::string_view brief) {
    SlackDouble& slack = parts_->slack;
    const std::string user = user_id(staffer);
    const std::string direct = slack.world().direct(workspace, {user, bot_user}).id;
    const std::string action = "card:" + std::string(button);
    for (const std::string& channel : {direct, std::string("C0ALERTS")})
        for (const json::object& message : slack.messages(channel)) {
            std::string block;
            const json::value* blocks = message.if_contains("blocks");
            if (card_of(message) != card_id(alert) || !blocks) continue;
            if (!slack::find_element(*blocks, action, block)) continue;
            const std::size_t before = notices.size();
            slack.people().press(user, {.channel = channel,
                                        .ts = text_at(message, "ts"),
                                        .action = action,
                                        .choice = button == "hand_over" ? "" : std::string(choice)});
            settle();
            if (button == "hand_over") {
                std::map<std::string, std::string> values{{"f0:choice", user_id(choice)}};
                if (!brief.empty()) values["f0:brief"] = brief;
                slack.people().submit(user, values);
                settle();
            } else if (button == "dismiss" && choice == "other") {
                slack.people().submit(user, {{"f0:reason", "for another reason"}});
                settle();
            }
            return notices.size() > before ? notices.back().text : "";
        }
    // The card does not stand before them: as from another desk.
    return PlainHouse::press(staffer, alert, button, choice, brief);
}

void SlackHouse::press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                               std::string_view button) {
    SlackDouble& slack = parts_->slack;
    const std::string action = "card:" + std::string(button);
    std::string ts;
    for (const json::object& message : slack.messages("C0ALERTS"))
        if (card_of(message) == card_id(alert)) ts = text_at(message, "ts");
    if (ts.empty()) throw std::runtime_error(card_id(alert) + " does not stand in the team's channel");
    for (const std::string& staffer : staffers)
        slack.people().press(user_id(staffer), {.channel = "C0ALERTS", .ts = ts, .action = action});
    settle();
}

/// As the staffer sees it: what Slack shows them as an answer comes before this returns.
void SlackHouse::press_letter(std::string_view staffer, const std::string& id, const std::string& button,
                              std::string_view choice) {
    SlackDouble& slack = parts_->slack;
    const std::string user = user_id(staffer);
    const std::string action = "ask:" + button;
    for (const std::string& channel : places_of(letters.at(id).second))
        for (const json::object& message : slack.messages(channel)) {
            std::string block;
            const json::value* blocks = message.if_contains("blocks");
            if (card_of(message) != id || !blocks || !slack::find_element(*blocks, action, block)) continue;
            const std::size_t before = slack.ephemerals(user).size();
            slack.people().press(user, {.channel = channel,
                                        .ts = text_at(message, "ts"),
                                        .action = action,
                                        .choice = std::string(choice)});
            parts_->wait_for([&] { return slack.ephemerals(user).size() > before; }, "nothing is answered");
            return settle();
        }
    throw std::runtime_error(fmt::format("{} has no {} in Slack for {}", id, button, staffer));
}

void SlackHouse::commit(std::vector<Input> inputs) {
    if (!parts_->pipeline) return;  // time goes on without Rapport
    if (store_rests > 0ms)
        asio::post(parts_->store_thread, [rest = store_rests] { std::this_thread::sleep_for(rest); });
    for (Input& input : inputs) parts_->pipeline->put_inner(std::move(input));
    settle();
}

void SlackHouse::calm_store() const {
    wait_until_drained(parts_->store_thread);
}

bool SlackHouse::change_rules(std::string_view rules) {
    if (!PlainHouse::change_rules(rules)) return false;
    settle();
    return true;
}

// -------------------------------------------------------------------------------------------- what follows

void SlackHouse::settle() {
    Parts& parts = *parts_;
    if (!parts.pipeline) return;
    // What Slack refuses is tried again when time has gone on.
    const auto rests = [&] { return parts.pipeline->rests() && parts.all_delivered(); };
    constexpr int calm = 6;  // turns of the loop in which nothing more comes of it
    for (int quiet = 0; quiet < calm; quiet = rests() ? quiet + 1 : 0) {
        parts.wait_for(rests, "it does not settle");
        turn(1);
    }
    if (parts.quarantined > 0) throw std::runtime_error("something was quarantined");
    check_cards();
    check_letters();
}

void SlackHouse::turn(int turns) {
    for (int i = 0; i < turns; ++i) {
        parts_->clock.wake();
        parts_->io.restart();
        net::passing_cancellations([&] { return parts_->io.run_one_for(1ms); });
    }
}

std::vector<std::string> SlackHouse::seen_by(std::string_view staffer) const {
    std::vector<std::string> seen;
    SlackDouble& slack = parts_->slack;
    for (const json::object& one :
         slack.messages(slack.world().direct(workspace, {user_id(staffer), bot_user}).id))
        if (!card_of(one).empty()) seen.push_back(json::serialize(one));
    return seen;
}

std::vector<std::string> SlackHouse::seen_in_channel() const {
    std::vector<std::string> seen;
    for (const json::object& one : parts_->slack.messages("C0ALERTS"))
        if (!card_of(one).empty()) seen.push_back(json::serialize(one));
    return seen;
}

/// Where that stands which is for these staff; for nobody: in the team's channel.
std::vector<std::string> SlackHouse::places_of(const std::vector<AccountKey>& to) const {
    std::vector<std::string> places;
    for (const AccountKey& account : to)
        if (account.platform == "slack")
            places.push_back(parts_->slack.world().direct(workspace, {account.id, bot_user}).id);
    if (places.empty()) places.emplace_back("C0ALERTS");
    return places;
}

void SlackHouse::check_letters() {
    for (const auto& one : letters)
        for (const std::string& place : places_of(one.second.second)) {
            const std::string& id = one.first;
            const auto all = parts_->slack.messages(place);
            const auto is_it = [&](const json::object& message) { return card_of(message) == id; };
            if (std::count_if(all.begin(), all.end(), is_it) != 1)
                throw std::runtime_error(id + " does not stand once in " + place);
            const std::string text = text_at(*std::find_if(all.begin(), all.end(), is_it), "text");
            if (text.find(escaped(one.second.first.page.title)) == std::string::npos)
                throw std::runtime_error(fmt::format("{} says in Slack: {}", id, text));
        }
}

void SlackHouse::check_cards() {
    SlackDouble& slack = parts_->slack;
    for (const auto& [id, card] : cards) {
        if (parts_->checked[id] == card.revision) continue;
        parts_->checked[id] = card.revision;
        std::vector<std::string> places = places_of(shown_to.at(id));
        if (shown_to_team.contains(id) && places.front() != "C0ALERTS") places.emplace_back("C0ALERTS");
        for (const std::string& place : places) {
            const auto all = slack.messages(place);
            const auto of_card = [&](const json::object& one) { return card_of(one) == id; };
            if (std::count_if(all.begin(), all.end(), of_card) != 1)
                throw std::runtime_error(id + " does not stand once in " + place);
            const json::object& shown = *std::find_if(all.begin(), all.end(), of_card);
            const std::string text = text_at(shown, "text");
            for (const std::string& words : {card.title, card.status})
                if (text.find(escaped(words)) == std::string::npos)
                    throw std::runtime_error(
                        fmt::format("{} says in Slack: {}\nand not: {}", id, text, words));
            const std::string blocks = json::serialize(*shown.if_contains("blocks"));
            const bool can_claim = std::any_of(card.buttons.begin(), card.buttons.end(),
                                               [](const Button& one) { return one.id == "claim"; });
            if (can_claim != (blocks.find("card:claim") != std::string::npos))
                throw std::runtime_error(id + " has not the buttons in Slack that it should have");
        }
    }
}

// ------------------------------------------------------------------------------------------ ends and starts

void SlackHouse::down() {
    parts_->close();
}

void SlackHouse::up() {
    parts_->open();
    settle();
}

void SlackHouse::crash() {
    disk_.crash(CrashKind::lose_all);
    parts_->close();
    up();
}

std::vector<std::string> SlackHouse::all_rows() {
    parts_->close();
    std::vector<std::string> rows = rows_of_closed();
    // What the stop itself brings about, and where Slack keeps things.
    std::erase_if(rows, [](const std::string& row) {
        return row.starts_with("notes ") || row.starts_with("gaps ") || row.starts_with("cursors ");
    });
    up();
    return rows;
}

}  // namespace rapport::test
