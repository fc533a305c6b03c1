#include "doubles/slack/answers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/events.hpp"
#include "doubles/slack/views.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

void note(Core& core, const Delivery& delivery, std::string what) {
    core.note({delivery.user, delivery.channel, std::move(what), delivery.envelope});
}

/// Shows a message that came as an answer: to one person, or to the channel. Words what is wrong with it.
std::string show_message(Core& core, const Team& team, const std::string& channel, const std::string& user,
                         const json::object& message, const std::string& thread) {
    json::object body{{"text", text_of(message, "text")}};
    if (const json::value* given = message.if_contains("blocks"); given && !given->is_null()) {
        json::value blocks = *given;
        const Complaints wrong = check_blocks(blocks, Surface::message, "/blocks");
        if (!wrong.empty()) return "invalid_blocks " + wrong.front();
        fill_ids(core, blocks);
        body["blocks"] = std::move(blocks);
    }
    if (text_of(body, "text").empty() && !body.contains("blocks") && !message.contains("attachments"))
        return "no_text";
    if (text_of(message, "response_type") != "in_channel") {
        core.world.ephemerals.push_back({channel, user, core.world.next_ts(), thread, std::move(body)});
        return {};
    }
    Channel* place = core.world.channel(channel);
    if (!place) return "channel_not_found";
    body["subtype"] = "bot_message";
    body["bot_id"] = team.bot + "CMD";  // Another id of the same app: Slack calls that intended.
    if (!thread.empty()) body["thread_ts"] = thread;
    post(core, *place, std::move(body));
    return {};
}

void command_answered(Core& core, const Delivery& delivery) {
    json::object message;
    if (delivery.answer) {
        message = *delivery.answer;
    } else if (!delivery.answer_text.empty()) {
        message["text"] = delivery.answer_text;
    }
    if (message.empty()) return;
    const std::string wrong =
        show_message(core, core.world.teams.at(delivery.team), delivery.channel, delivery.user, message, {});
    if (wrong.empty()) return;
    core.complain("the answer to " + delivery.name + ": " + wrong);
    note(core, delivery, "dispatch_failed");
}

/// Whether the errors name input blocks of that view only.
bool good_errors(const View& view, const json::value* errors) {
    if (!errors || !errors->is_object() || errors->get_object().empty()) return false;
    const json::value* blocks = view.body.if_contains("blocks");
    for (const auto& [block, text] : errors->get_object()) {
        bool known = false;
        for (const json::value& one : blocks && blocks->is_array() ? blocks->get_array() : json::array{}) {
            const json::object& item = one.get_object();
            known = known || (text_of(item, "block_id") == block && text_of(item, "type") == "input");
        }
        if (!known || !text.is_string() || text.get_string().empty()) return false;
    }
    return true;
}

void submission_answered(Core& core, Delivery& delivery) {
    View* view = core.world.view(delivery.view);
    if (!view) return;
    const json::object empty;
    const json::object& answer = delivery.answer ? *delivery.answer : empty;
    if (answer.empty() && delivery.answer_text.empty()) return drop_view(core, delivery.view);
    const std::string_view action = text_of(answer, "response_action");
    const auto trouble = [&](const std::string& why) {
        core.complain("the answer to view_submission: " + why);
        note(core, delivery, "trouble_connecting");
    };
    if (action == "clear") return clear_views(core, view->user);
    if (action == "errors") {
        if (!good_errors(*view, answer.if_contains("errors")))
            return trouble("errors must name input blocks of the view");
        core.note({delivery.user, {}, "errors " + json::serialize(answer.at("errors")), delivery.envelope});
        return;
    }
    if (action != "update" && action != "push") return trouble("neither empty nor a response_action");
    const json::value* next = answer.if_contains("view");
    const Complaints wrong = check_view(next ? *next : json::value(nullptr));
    if (!wrong.empty()) return trouble(wrong.front());
    if (action == "update") return replace_view(core, *view, next->get_object());
    if (core.world.stacks[view->user].size() >= most_views)
        return trouble("more than three views on one another");
    stack_view(core, core.world.teams.at(delivery.team), view->user, next->get_object());
}

}  // namespace

void answered(Core& core, Delivery& delivery) {
    const bool person_waits = delivery.type == "slash_commands" || delivery.type == "interactive";
    if (delivery.state == DeliveryState::failed) {
        if (!person_waits || delivery.name == "view_closed") return;
        const bool refused = !delivery.attempts.empty() && delivery.attempts.back().status != 0;
        if (delivery.name == "view_submission") return note(core, delivery, "trouble_connecting");
        return note(core, delivery, refused ? "dispatch_failed" : "operation_timeout");
    }
    if (delivery.type == "slash_commands") return command_answered(core, delivery);
    if (delivery.name == "view_submission") return submission_answered(core, delivery);
    if (delivery.name == "block_suggestion") {
        const Complaints wrong = check_suggestions(delivery.answer ? *delivery.answer : json::object{});
        if (!wrong.empty()) core.complain("the answer to block_suggestion: " + wrong.front());
    }
    if (delivery.type == "url_verification") {
        const std::string_view wanted = text_of(delivery.payload, "challenge");
        const bool good = delivery.answer_text == wanted ||
                          (delivery.answer && text_of(*delivery.answer, "challenge") == wanted);
        if (!good) delivery.state = DeliveryState::failed;
    }
}

namespace {

net::Response plain(unsigned status, std::string body) {
    net::Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    response.body = std::move(body);
    return response;
}

/// Replaces or deletes what the button stood on. Words what is wrong.
std::string act_on_original(Core& core, const ResponseUrl& url, const json::object& message, bool remove) {
    Channel* channel = core.world.channel(url.channel);
    if (!channel) return "channel_not_found";
    json::value blocks = message.contains("blocks") ? message.at("blocks") : json::value(nullptr);
    if (!blocks.is_null()) {
        const Complaints wrong = check_blocks(blocks, Surface::message, "/blocks");
        if (!wrong.empty()) return "invalid_blocks " + wrong.front();
        fill_ids(core, blocks);
    }
    if (!url.ephemeral.empty()) {
        auto& all = core.world.ephemerals;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Ephemeral& e) { return e.ts == url.ephemeral; });
        if (found == all.end()) return "message_not_found";
        if (remove) {
            all.erase(found);
            return {};
        }
        found->body = {{"text", text_of(message, "text")}};
        if (!blocks.is_null()) found->body["blocks"] = blocks;
        return {};
    }
    if (url.message.empty() || !channel->messages.contains(url.message)) return "message_not_found";
    if (remove) {
        erase(core, *channel, url.message);
        return {};
    }
    const Team& team = core.world.teams.at(url.team);
    change(core, *channel, url.message, {{"text", text_of(message, "text")}, {"blocks", blocks}},
           team.bot_user);
    return {};
}

}  // namespace

net::Response response_url(Core& core, const net::Request& request) {
    core.calls.emplace_back();
    ApiCall& log = core.calls.back();
    log.method = "response_url";
    log.json = true;
    log.at = core.world.now();
    const auto found = core.world.response_urls.find(std::string{request.path()});
    const auto say = [&](unsigned status, std::string words) {
        log.status = status;
        log.answer = {{"ok", status == 200}, {"error", words}};
        return plain(status, std::move(words));
    };
    if (request.method != "POST") return say(405, "invalid_method");
    boost::system::error_code ec;
    const json::value parsed = json::parse(request.body, ec);
    const json::object* message = ec ? nullptr : parsed.if_object();
    if (!message) return say(400, "invalid_payload");
    log.params = *message;
    if (!request.header("authorization").empty()) core.complain("a token was sent to a response_url");
    if (found == core.world.response_urls.end()) return say(404, "no_such_url");
    ResponseUrl& url = found->second;
    if (core.world.now() - url.made > core.settings.pace.response_url) return say(404, "expired_url");
    if (url.uses >= 5) return say(404, "used_url");
    const auto flag = [&](const char* name) {
        const json::value* value = message->if_contains(name);
        return value &&
               (value->is_bool() ? value->get_bool() : value->is_string() && value->get_string() == "true");
    };
    std::string wrong;
    const bool remove = flag("delete_original");
    const bool from_message = !url.message.empty() || !url.ephemeral.empty();
    if (remove || flag("replace_original")) {
        wrong = from_message ? act_on_original(core, url, *message, remove) : "message_not_found";
    } else {
        const std::string_view thread = text_of(*message, "thread_ts");
        wrong = show_message(core, core.world.teams.at(url.team), url.channel, url.user, *message,
                             thread.empty() ? url.thread : std::string{thread});
    }
    if (!wrong.empty()) return say(wrong.starts_with("invalid") || wrong == "no_text" ? 400 : 404, wrong);
    ++url.uses;
    return say(200, "ok");
}

}  // namespace rapport::test::slack
