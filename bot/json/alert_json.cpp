#include "bot/json/alert_json.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "bot/alerts/card.hpp"

namespace rapport {

namespace {

namespace json = boost::json;

json::value moment(Time at) {
    if (at == never) return nullptr;
    return json::string(iso_utc(at));
}

json::array texts(const std::vector<std::string>& all) {
    json::array array;
    for (const std::string& one : all) array.emplace_back(one);
    return array;
}

json::array quotes(const std::vector<MessageRow>& messages) {
    json::array array;
    for (const MessageRow& message : messages)
        array.push_back(json::object{{"id", message.native},
                                     {"at", moment(message.at)},
                                     {"text", message.text},
                                     {"link", message.link},
                                     {"edited", message.edited},
                                     {"deleted", message.deleted}});
    return array;
}

json::array lines(const std::vector<AlertLine>& history) {
    json::array array;
    for (const AlertLine& line : history)
        array.push_back(json::object{{"at", moment(line.at)}, {"text", line.text}});
    return array;
}

}  // namespace

std::string iso_utc(Time at) {
    if (at == never) return {};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count(), clock.subseconds().count());
}

std::string key_text(const ChannelKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}

std::string alert_json(const AlertRow& alert, const AccountRow& about, const ChannelRow& channel,
                       const std::vector<MessageRow>& quoted) {
    const json::object object{
        {"id", std::int64_t(alert.id)},
        {"rule", alert.rule},
        {"title", alert.title},
        {"state", name_of(alert.state)},
        {"outcome", name_of(alert.outcome)},
        {"urgency", name_of(alert.policy.urgency)},
        {"about",
         json::object{{"account", key_text(about.key)}, {"handle", about.handle}, {"name", about.name}}},
        {"channel", json::object{{"id", key_text(channel.key)}, {"name", channel.name}}},
        {"messages", alert.messages},
        {"quoted", quotes(quoted)},
        {"late", alert.late},
        {"staffer", alert.staffer},
        {"asked", texts(alert.asked)},
        {"why", texts(alert.why)},
        {"brief", alert.brief},
        {"reason", alert.reason},
        {"created", moment(alert.created)},
        {"opened", moment(alert.opened)},
        {"claimed", moment(alert.claimed)},
        {"closed", moment(alert.closed)},
        {"due", moment(is_closed(alert.state) ? never : alert.due)},
        {"brand_answered", moment(alert.brand_answered)},
        {"app_answered", moment(alert.app_answered)},
        {"history", lines(alert.history)},
    };
    return json::serialize(object);
}

}  // namespace rapport
