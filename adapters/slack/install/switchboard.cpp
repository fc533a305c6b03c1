#include "adapters/slack/install/switchboard.hpp"

#include <fmt/core.h>

#include "adapters/slack/api/addresses.hpp"
#include "adapters/slack/api/json_read.hpp"
#include "adapters/slack/events/parse.hpp"

namespace rapport::slack {
namespace json = boost::json;

std::vector<Id> realms_of(const Delivery& delivery) {
    std::vector<Id> found;
    const auto add = [&](Id id) {
        if (!id.empty()) found.push_back(std::move(id));
    };
    const json::object& payload = delivery.payload;
    if (delivery.kind == DeliveryKind::event) {
        const events::Recipient recipient = events::recipient(payload);
        if (!recipient.whole_organisation) add(recipient.team);
        add(recipient.enterprise);
        return found;
    }
    if (const json::object* view = object_in(payload, "view")) add(text_in(*view, "app_installed_team_id"));
    if (const json::object* team = object_in(payload, "team")) add(text_in(*team, "id"));
    if (const json::object* user = object_in(payload, "user")) add(text_in(*user, "team_id"));
    if (const json::object* organisation = object_in(payload, "enterprise"))
        add(text_in(*organisation, "id"));
    add(text_in(payload, "team_id"));
    add(text_in(payload, "enterprise_id"));
    return found;
}

void Switchboard::remove(const Receiver& receiver) {
    std::erase_if(lines_, [&](const Line& line) { return line.receiver == &receiver; });
}

bool Switchboard::receive(Delivery& delivery) {
    const std::vector<Id> realms = realms_of(delivery);
    for (const Id& realm : realms) {
        for (const Line& line : lines_) {
            if (line.realm != realm) continue;
            const json::object* event = object_in(delivery.payload, "event");
            if (heard && event && delivery.kind == DeliveryKind::event) heard(realm, *event);
            if (!line.receiver->receive(delivery)) const Delivery back{std::move(delivery)};
            return true;
        }
    }
    const Id realm = realms.empty() ? Id{} : realms.front();
    if (log && realm != told_)
        log(fmt::format(
            "Slack sent something for the workspace {}, which Rapport does not serve. If the app was "
            "installed there just now, restart Rapport.",
            redact(realm)));
    told_ = realm;
    delivery.acknowledge();
    return true;
}

void Switchboard::may_have_missed(Time from, Time until, std::string why) {
    for (const Line& line : lines_) line.receiver->may_have_missed(from, until, why);
}

void Switchboard::connected(const Id& app) {
    for (const Line& line : lines_) line.receiver->connected(app);
}

}  // namespace rapport::slack
