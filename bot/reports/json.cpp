// The report for programs.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "bot/reports/page.hpp"

namespace rapport::reports {

namespace {

namespace json = boost::json;

json::value moment(Time at) {
    if (at == never) return nullptr;
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    return json::string(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()),
                                    unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                                    clock.minutes().count(), clock.seconds().count()));
}

json::object object_of(const Answers& answers) {
    json::object object{{"total", answers.total()}, {"in_person", answers.in_person()}};
    for (std::size_t i = 0; i < answers.ends.size(); ++i) object[name_of(WaitEnd(i))] = answers.ends[i];
    return object;
}

json::object object_of(const Spread& spread) {
    const auto seconds = [&](std::chrono::milliseconds length) -> json::value {
        if (spread.count == 0) return nullptr;
        return std::chrono::floor<std::chrono::seconds>(length).count();
    };
    return {{"count", spread.count},
            {"median", seconds(spread.median)},
            {"ninetieth", seconds(spread.ninetieth)}};
}

json::object object_of(const AnswerTimes& times) {
    return {{"calendar", object_of(times.calendar)}, {"working", object_of(times.working)}};
}

json::object object_of(const AlertCounts& counts) {
    return {{"raised", counts.raised},           {"closed", counts.closed()},
            {"verified", counts.verified},       {"attested", counts.attested},
            {"other_staff", counts.other_staff}, {"brand", counts.brand},
            {"not_needed", counts.not_needed},   {"expired", counts.expired},
            {"withdrawn", counts.withdrawn}};
}

json::array staffers_of(const WeeklyReport& report) {
    json::array all;
    for (const StafferLine& line : report.staffers)
        all.push_back(json::object{{"name", line.name},
                                   {"full_name", line.full_name},
                                   {"messages", line.said},
                                   {"verified", line.verified},
                                   {"attested", line.attested},
                                   {"answer_times", object_of(line.times)},
                                   {"asked", line.asked},
                                   {"claimed", line.claimed},
                                   {"released", line.released},
                                   {"handed_over", line.handed_over},
                                   {"most_at_once", line.most_at_once},
                                   {"capacity", line.capacity}});
    return all;
}

json::array rules_of(const WeeklyReport& report) {
    json::array all;
    for (const RuleLine& line : report.rules) {
        json::object reasons;
        for (const auto& [reason, count] : line.reasons) reasons[reason] = count;
        json::object rule{{"rule", line.rule}, {"title", line.title}};
        for (const auto& [key, value] : object_of(line.alerts)) rule[key] = value;
        rule["not_needed_because"] = std::move(reasons);
        all.push_back(std::move(rule));
    }
    return all;
}

json::array relations_of(const std::vector<Relation>& relations) {
    json::array all;
    for (const Relation& one : relations)
        all.push_back(json::object{{"person", std::int64_t(one.person)},
                                   {"name", one.name},
                                   {"was", name_of(one.was)},
                                   {"is", name_of(one.is)},
                                   {"first_contact", one.first_contact},
                                   {"staffer", one.staffer},
                                   {"last_contact", moment(one.last)}});
    return all;
}

json::array gaps_of(const WeeklyReport& report) {
    json::array all;
    for (const GapRow& gap : report.gaps)
        all.push_back(json::object{
            {"channel", fmt::format("{}:{}:{}", gap.channel.platform, gap.channel.realm, gap.channel.id)},
            {"from", moment(gap.from)},
            {"until", moment(gap.until)},
            {"why", gap.why}});
    return all;
}

json::array course_array(const WeeklyReport& report) {
    json::array all;
    for (const Bucket& one : report.course) {
        json::object object{{"from", moment(one.from)}, {"until", moment(one.until)}, {"gap", one.gap}};
        for (const auto& [key, value] : object_of(one.answers)) object[key] = value;
        all.push_back(std::move(object));
    }
    return all;
}

}  // namespace

std::string json_of(const WeeklyReport& report) {
    json::object depths, roles;
    for (std::size_t i = 0; i < report.by_depth.size(); ++i)
        depths[name_of(Depth(i))] = object_of(report.by_depth[i]);
    for (const auto& [role, answers] : report.by_role) roles[role] = object_of(answers);
    json::object alerts = object_of(report.alerts);
    alerts["open_before"] = report.open_before;
    alerts["open_after"] = report.open_after;
    json::array wrong;
    for (const std::string& one : check(report)) wrong.emplace_back(one);
    const json::object object{
        {"from", moment(report.from)},
        {"until", moment(report.until)},
        {"zone", report.zone},
        {"messages", report.messages},
        {"persons", report.persons},
        {"conversations", report.conversations},
        {"conversations_answered", report.conversations_answered},
        {"waits", object_of(report.answers)},
        {"by_depth", std::move(depths)},
        {"by_role", std::move(roles)},
        {"course", course_array(report)},
        {"answer_times", object_of(report.times)},
        {"staffers", staffers_of(report)},
        {"brand", json::object{{"answered", report.brand.answered},
                               {"only", report.brand.only},
                               {"instead_of_a_person", report.brand.instead},
                               {"then_a_person", report.brand.then_person}}},
        {"alerts", std::move(alerts)},
        {"rules", rules_of(report)},
        {"relations", json::object{{"won", relations_of(report.won)}, {"cold", relations_of(report.cold)}}},
        {"gaps", gaps_of(report)},
        {"does_not_add_up", std::move(wrong)},
    };
    return json::serialize(object);
}

}  // namespace rapport::reports
