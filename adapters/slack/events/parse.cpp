#include "adapters/slack/events/parse.hpp"

#include <algorithm>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/message.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/understand.hpp"

namespace rapport::slack::events {
namespace {

Understood rate_limited(const json::object& from) {
    const std::int64_t minute = number(from, "minute_rate_limited").value_or(-1);
    if (minute < 0 || minute > 100'000'000'000)
        return Broken{"app_rate_limited does not say which minute (minute_rate_limited)"};
    const Time start{std::chrono::seconds{minute}};
    Meaning meaning;
    meaning.signals.emplace_back(RateLimited{start, start + std::chrono::minutes{1}});
    return meaning;
}

Understood understand_event(const json::object& payload, const json::object& event,
                            const Knowledge& knowledge) {
    const std::string_view type = text(event, "type");
    if (type.empty()) return Broken{"the event does not say what it is (event.type)"};
    if (type == "app_rate_limited") return rate_limited(event);
    const Time at = time_of(payload, event);
    if (type == "message" || type == "app_mention")
        return understand_message(event, knowledge, at, is_unshared(payload));
    return understand_other(type, event, knowledge, at);
}

bool another_app(const json::object& payload, const Installation& installation) {
    const std::string_view app = text(payload, "api_app_id");
    return !app.empty() && !installation.app.empty() && app != installation.app;
}

}  // namespace

Recipient recipient(const json::object& payload) {
    Recipient found;
    const json::array* authorizations = array_in(payload, "authorizations");
    if (authorizations != nullptr && !authorizations->empty())
        if (const json::object* first = authorizations->front().if_object()) {
            found.team = id_in(*first, "team_id");
            found.enterprise = id_in(*first, "enterprise_id");
            found.whole_organisation = flag(*first, "is_enterprise_install");
            found.user = id_in(*first, "user_id");
            if (!found.team.empty() || !found.enterprise.empty()) return found;
        }
    found.team = id_in(payload, "context_team_id");
    found.enterprise = id_in(payload, "context_enterprise_id");
    if (!found.team.empty() || !found.enterprise.empty()) return found;
    found.team = id_in(payload, "team_id");
    found.enterprise = id_in(payload, "enterprise_id");
    return found;
}

bool is_for(const Recipient& recipient, const Installation& installation) {
    if (recipient.team.empty() && recipient.enterprise.empty()) return true;
    if (installation.whole_organisation) return recipient.enterprise == installation.enterprise;
    return recipient.team == installation.team;
}

Needs what_it_needs(const json::object& payload, const Installation& installation,
                    const Directory& directory) {
    Needs needs;
    const json::object* event = object_in(payload, "event");
    if (event == nullptr || another_app(payload, installation)) return needs;
    const std::string_view type = text(*event, "type");
    const bool reaction = type == "reaction_added";
    if (type != "message" && type != "app_mention" && !reaction) return needs;
    const json::object* place = reaction ? object_in(*event, "item") : event;
    const json::object* changed = object_in(*event, "message");
    const std::string_view subtype = text(*event, "subtype");
    const bool silent =
        flag(*event, "hidden") && subtype != "message_changed" && subtype != "message_deleted";
    if (place == nullptr || silent || id_in(*event, "user") == installation.bot_user) return needs;
    const Id channel = id_in(*place, "channel");
    if (directory.channel_wanted(channel)) needs.channels.insert(channel);
    if (subtype == "message_deleted") return needs;
    add_needs(needs, changed == nullptr ? *event : *changed, directory);
    needs.users.erase(installation.bot_user);
    return needs;
}

Understood understand(const json::object& payload, const Knowledge& knowledge) {
    const std::string_view kind = text(payload, "type");
    if (another_app(payload, knowledge.installation)) return Ignored{"it is for another app", false};
    if (!is_for(recipient(payload), knowledge.installation))
        return Ignored{"it is for another workspace", false};
    if (kind == "app_rate_limited") return rate_limited(payload);
    if (!kind.empty() && kind != "event_callback")
        return Ignored{"a delivery of an unknown kind: " + std::string(kind.substr(0, 80)), true};
    const json::object* event = object_in(payload, "event");
    if (event == nullptr) return Broken{"the delivery holds no event (payload.event)"};
    return understand_event(payload, *event, knowledge);
}

std::string permalink(const Installation& installation, const Id& channel, const Id& ts, const Id& thread) {
    if (installation.url.empty()) return {};
    std::string digits = ts;
    std::erase(digits, '.');
    std::string link = installation.url;
    if (!link.ends_with('/')) link += '/';
    link += "archives/" + channel + "/p" + digits;
    if (!thread.empty()) link += "?thread_ts=" + thread + "&cid=" + channel;
    return link;
}

}  // namespace rapport::slack::events
