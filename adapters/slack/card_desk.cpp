#include "adapters/slack/card_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/events/moment.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::size_t most_seen = 2'000;
constexpr std::size_t most_expected = 1'000;
/// A response_url lives for 30 minutes; after that nobody waits for the notice any more.
constexpr std::chrono::minutes notice_life{30};
/// Slack's clock and ours may differ by that much when we look for what we posted.
constexpr std::chrono::minutes clock_slack{5};
/// An alert is long closed by then.
constexpr std::chrono::days kept_for{60};
/// A card may wait that long for its turn in Slack's queues; then the outbox tries again.
constexpr std::chrono::minutes card_deadline{2};

CallOptions for_card() {
    CallOptions options;
    options.deadline = card_deadline;
    return options;
}

/// The card is not where it was, and editing it will not work again.
bool is_gone(const ApiError& error) {
    return error.code == "message_not_found" || error.code == "cant_update_message" ||
           error.code == "edit_window_closed" || error.code == "channel_not_found";
}

}  // namespace

void CardDesk::expect_notice(const std::string& action, Reply reply) {
    const Time now = workspace_.now();
    std::erase_if(expected_, [&](const auto& one) { return one.second.at + notice_life < now; });
    if (expected_.size() < most_expected) expected_[action] = {std::move(reply), now};
}

void CardDesk::seen(const Id& channel, const Id& ts, const std::string& metadata_id) {
    const std::string key = channel + "/" + metadata_id;
    if (!seen_.insert_or_assign(key, ts).second) return;
    seen_order_.push_back(key);
    if (seen_order_.size() <= most_seen) return;
    seen_.erase(seen_order_.front());
    seen_order_.pop_front();
}

std::vector<Id> CardDesk::users(const std::vector<AccountKey>& accounts) const {
    std::vector<Id> users;
    for (const AccountKey& account : accounts)
        if (account.platform == "slack" && account.realm == workspace_.installation.realm())
            users.push_back(account.id);
    return users;
}

bool CardDesk::is_for_all(const Card& card) const {
    return workspace_.config.cards_in_channel && !card.is_private;
}

/// Whom the card calls by name there. Whoever has a card of their own is called by that.
std::vector<Id> CardDesk::called(const Outgoing& outgoing, const Card& card, const Target& target) const {
    if (!target.user.empty()) return {target.user};
    return is_for_all(card) ? users(outgoing.to) : std::vector<Id>{};
}

/// What was said in private never stands in a channel, as long as there is somebody to show it to.
std::vector<CardDesk::Target> CardDesk::targets(const Outgoing& outgoing, const Card& card) const {
    const bool for_all = is_for_all(card);
    if (workspace_.alert_channel.empty() || (!for_all && !outgoing.team)) return direct_targets(outgoing);
    std::vector<Target> all{{{}, workspace_.alert_channel}};
    if (for_all) return all;
    for (Id& user : users(outgoing.to)) all.push_back({std::move(user), {}});
    return all;
}

std::vector<CardDesk::Target> CardDesk::direct_targets(const Outgoing& outgoing) const {
    std::vector<Id> to = users(outgoing.to);
    if (outgoing.team && workspace_.config.leads)
        for (Id& lead : users(workspace_.config.leads()))
            if (std::find(to.begin(), to.end(), lead) == to.end()) to.push_back(std::move(lead));
    std::vector<Target> all;
    all.reserve(to.size());
    for (Id& user : to) all.push_back({std::move(user), {}});
    return all;
}

Error CardDesk::nobody_to_show() {
    return {ErrorKind::rejected,
            "there is nobody in Slack to show it to: name an alert channel under slack.alert_channel"};
}

asio::awaitable<Result<>> CardDesk::deliver(Outgoing outgoing) {
    if (!workspace_.ready)
        co_return Error{ErrorKind::transient, "Slack has not been reached since the start."};
    if (const Notice* notice = std::get_if<Notice>(&outgoing.body))
        co_return co_await show(*notice, outgoing.to);
    if (const Letter* letter = std::get_if<Letter>(&outgoing.body))
        co_return co_await show(outgoing, *letter);
    const Card* card = std::get_if<Card>(&outgoing.body);
    if (!card)
        co_return Error{ErrorKind::rejected,
                        "Slack shows a form only to somebody who has just pressed a button."};
    std::vector<Target> to = targets(outgoing, *card);
    if (to.empty() && outgoing.team) co_return nobody_to_show();
    Result<> worst;
    for (std::size_t i = 0; i < to.size(); ++i) {
        const Target target = to[i];
        const Result<> shown = co_await show(outgoing, *card, target);
        if (shown) continue;
        // A channel that refuses it (archived, we were thrown out) must not swallow it.
        if (!target.channel.empty() && shown.error().kind == ErrorKind::rejected) {
            workspace_.log(shown.error().what);
            const std::vector<Target> instead = direct_targets(outgoing);
            for (const Target& one : instead)
                if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
            if (!instead.empty()) continue;
        }
        if (worst || shown.error().retryable()) worst = shown;
    }
    co_return worst;
}

asio::awaitable<void> CardDesk::forget_old() {
    const auto notes = co_await workspace_.notebook.list(workspace_.key("card:"));
    if (!notes) co_return;
    const Time before = workspace_.now() - kept_for;
    for (const auto& [key, note] : *notes) {
        const std::optional<Place> place = place_of_note(note);
        if (!place || place->at >= before) continue;
        if (!co_await workspace_.notebook.erase(key)) co_return;
    }
}

asio::awaitable<Result<>> CardDesk::keep(const std::string& key, Place& place) {
    place.at = workspace_.now();
    co_return co_await workspace_.notebook.write(key, to_note(place));
}

asio::awaitable<Result<>> CardDesk::show(const Outgoing& outgoing, const Card& card, const Target& target) {
    const std::string key = workspace_.key("card:" + card.id + ":" + target.name());
    const auto note = co_await workspace_.notebook.read(key);
    if (!note) co_return note.error();
    Place place;
    if (*note) place = place_of_note(**note).value_or(Place{});
    if (!place.pending.empty())
        if (Result<> settled = co_await settle(key, place); !settled) co_return settled;
    const bool was_there = !place.ts.empty();
    if (was_there && place.revision >= card.revision && new_lines(card.history, place).empty())
        co_return Result<>{};
    CardLook look;
    if (target.user.empty()) look.ask = called(outgoing, card, target);
    if (Result<> shown = co_await show_card(card, look, target, key, place); !shown) co_return shown;
    if (!was_there) co_return Result<>{};
    co_return co_await show_lines(outgoing, card, target, key, place);
}

/// Looks for what was sent without an answer.
asio::awaitable<Result<>> CardDesk::settle(const std::string& key, Place& place) {
    std::optional<Posted> found;
    const auto at = seen_.find(place.channel + "/" + place.pending_id);
    if (at != seen_.end() && !events::earlier(at->second, place.since)) {
        found = Posted{place.channel, at->second};
    } else {
        Sought sought;
        sought.channel = place.channel;
        sought.thread = place.pending == "thread" ? place.ts : Id{};
        sought.event_type = card_event_type;
        sought.id = place.pending_id;
        sought.since = place.since;
        ApiResult<std::optional<Posted>> result = co_await find_posted(workspace_.api, std::move(sought));
        if (!result) co_return Error{result.error()};
        found = std::move(*result);
    }
    if (found && place.pending == "card") place.ts = found->ts;
    if (found) lines_arrived(place);
    if (!found && place.pending == "card") place.revision = 0;
    place.pending.clear();
    co_return co_await keep(key, place);
}

/// Posts, having noted before that we are about to.
asio::awaitable<Result<>> CardDesk::post(json::object message, const std::string& pending,
                                         const std::string& id, const std::string& key, Place& place) {
    place.pending = pending;
    place.pending_id = id;
    place.since = events::to_ts(workspace_.now() - clock_slack);
    if (Result<> kept = co_await keep(key, place); !kept) co_return kept;
    const ApiResult<Posted> posted = co_await post_message(workspace_.api, std::move(message), for_card());
    if (posted) {
        if (pending == "card") place.ts = posted->ts;
        lines_arrived(place);
        place.pending.clear();
        co_return Result<>{};
    }
    if (posted.error().unknown_outcome) co_return Error{ErrorKind::transient, posted.error().what};
    place.pending.clear();
    Result<> failed = Error{posted.error()};
    if (Result<> kept = co_await keep(key, place); !kept) co_return kept;
    co_return failed;
}

/// Where the target's messages go.
asio::awaitable<Result<>> CardDesk::open_place(const Target& target, Place& place) {
    place.channel = target.channel;
    if (!place.channel.empty()) co_return Result<>{};
    if (!direct_.contains(target.user)) {
        std::vector<Id> user{target.user};
        ApiResult<Id> opened = co_await conversations_open(workspace_.api, std::move(user));
        if (!opened) co_return Error{opened.error()};
        direct_[target.user] = std::move(*opened);
    }
    place.channel = direct_[target.user];
    co_return Result<>{};
}

asio::awaitable<Result<>> CardDesk::show_card(const Card& card, const CardLook& look, const Target& target,
                                              const std::string& key, Place& place) {
    json::object message = card_message(card, look);
    if (!place.ts.empty()) {
        if (place.revision >= card.revision) co_return Result<>{};
        json::object update = message;
        update["channel"] = workspace_.current_channel(place.channel);
        update["ts"] = place.ts;
        const ApiResult<Posted> updated =
            co_await update_message(workspace_.api, std::move(update), for_card());
        if (updated) {
            place.revision = card.revision;
            co_return co_await keep(key, place);
        }
        if (!is_gone(updated.error())) co_return Error{updated.error()};
        place = Place{};  // somebody removed it: it comes back as a new one
    }
    if (Result<> opened = co_await open_place(target, place); !opened) co_return opened;
    message["channel"] = place.channel;
    // The card itself says how it stands; its thread begins with what happens next.
    place.revision = card.revision;
    note_lines(card.history, place);
    if (Result<> posted = co_await post(std::move(message), "card", card.id, key, place); !posted)
        co_return posted;
    co_return co_await keep(key, place);
}

/// What happened since goes into the thread; a mention there makes the sound that an edit does not make.
asio::awaitable<Result<>> CardDesk::show_lines(const Outgoing& outgoing, const Card& card,
                                               const Target& target, const std::string& key, Place& place) {
    std::vector<HistoryLine> lines = new_lines(card.history, place);
    if (lines.empty() && !outgoing.notify) co_return Result<>{};
    if (lines.empty()) lines.push_back({workspace_.now(), card.status});
    json::object message = history_message(lines);
    message["channel"] = place.channel;
    message["thread_ts"] = place.ts;
    const std::string id = fmt::format("{}/{}", card.id, card.revision);
    message["metadata"] =
        json::object{{"event_type", card_event_type}, {"event_payload", json::object{{"id", id}}}};
    if (outgoing.notify) {
        const std::vector<Id> ask = called(outgoing, card, target);
        std::string mentions;
        for (const Id& user : ask) mentions += "<@" + user + "> ";
        if (json::value* blocks = message.if_contains("blocks"); blocks && blocks->is_array() && !ask.empty())
            blocks->get_array().insert(blocks->get_array().begin(), mention_block(ask));
        if (json::value* text = message.if_contains("text"); text && text->is_string())
            *text = mentions + std::string(text->get_string());
    }
    note_lines(card.history, place);
    if (Result<> posted = co_await post(std::move(message), "thread", id, key, place); !posted)
        co_return posted;
    co_return co_await keep(key, place);
}

asio::awaitable<Result<>> CardDesk::show(const Notice& notice, const std::vector<AccountKey>& to) {
    if (const auto at = expected_.find(notice.action); at != expected_.end()) {
        const Reply reply = std::move(at->second.reply);
        expected_.erase(at);
        if (!reply.response_url.empty()) {
            json::object message = notice_message(notice.text);
            message["response_type"] = "ephemeral";
            message["replace_original"] = false;
            if (!reply.thread.empty()) message["thread_ts"] = reply.thread;
            if (co_await workspace_.api.respond(reply.response_url, std::move(message))) co_return Result<>{};
        }
        if (!reply.channel.empty()) {
            json::object message = notice_message(notice.text);
            message["channel"] = reply.channel;
            message["user"] = reply.user;
            if (co_await post_ephemeral(workspace_.api, std::move(message))) co_return Result<>{};
        }
    }
    for (const Id& user : users(to)) {  // pressed before a restart, or where nothing can be shown
        json::object message = notice_message(notice.text);
        message["channel"] = user;
        const ApiResult<Posted> posted = co_await post_message(workspace_.api, std::move(message));
        // A word that may have arrived is not worth a second time.
        if (!posted && posted.error().retryable() && !posted.error().unknown_outcome)
            co_return Error{posted.error()};
    }
    co_return Result<>{};
}

}  // namespace rapport::slack
