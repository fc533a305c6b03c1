#include "bot/reports/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/words.hpp"

namespace rapport::reports {

namespace {

constexpr std::size_t most_names = 10, most_rules = 12, most_holes = 5;

std::string of_whole(std::size_t part, std::size_t whole) {
    return fmt::format("{} of {} ({})", part, whole, share_text(part, whole));
}

std::string usual(const Spread& spread) {
    constexpr std::size_t few = 10;  // of fewer, nine of ten says nothing
    if (spread.count < few) return length_text(spread.median);
    return fmt::format("{}, nine of ten within {}", length_text(spread.median),
                       length_text(spread.ninetieth));
}

std::string in_person_text(const Answers& answers) {
    std::string text = of_whole(answers.in_person(), answers.total());
    if (answers[WaitEnd::attested] > 0)
        text += fmt::format("; seen: {}, as they say: {}", answers[WaitEnd::verified],
                            answers[WaitEnd::attested]);
    return text;
}

Part summary(const WeeklyReport& report) {
    const Answers& all = report.answers;
    Part part;
    part.text =
        all.total() == 0
            ? "Nobody waited for an answer."
            : fmt::format("In {} somebody waited for an answer, {} times in all. A person answered in {}.",
                          report.conversations == 1 ? std::string("one conversation")
                                                    : fmt::format("{} conversations", report.conversations),
                          all.total(), of_whole(report.conversations_answered, report.conversations));
    part.fields = numbers_of(report, "");
    return part;
}

Part tiers(const WeeklyReport& report) {
    Part part;
    part.heading = "Answered in person, by closeness";
    for (std::size_t i = report.by_depth.size(); i-- > 0;)
        if (report.by_depth[i].total() > 0)
            part.fields.push_back({std::string(name_of(Depth(i))), in_person_text(report.by_depth[i])});
    return part;
}

Part roles(const WeeklyReport& report) {
    Part part;
    part.heading = "By role";
    for (const auto& [role, answers] : report.by_role)
        if (!role.empty()) part.fields.push_back({role, in_person_text(answers)});
    return part;
}

std::string staffer_text(const StafferLine& line) {
    std::string text = fmt::format("{} answered", line.verified + line.attested);
    if (line.attested > 0) text += fmt::format(" ({} of them as they say)", line.attested);
    if (line.times.calendar.count > 0)
        text += fmt::format(", usually after {}", length_text(line.times.calendar.median));
    if (line.times.working.count > 0) text += fmt::format(" ({})", working_text(line.times.working.median));
    text += fmt::format("; asked {}, took {}", line.asked, line.claimed);
    if (line.handed_over > 0) text += fmt::format(", handed over {}", line.handed_over);
    if (line.released > 0) text += fmt::format(", {} went on to the next", line.released);
    if (line.most_at_once > 0) text += fmt::format("; at most {} at once", line.most_at_once);
    if (line.most_at_once > 0 && line.capacity > 0) text += fmt::format(" (room for {})", line.capacity);
    return text;
}

Part staffers(const WeeklyReport& report) {
    Part part;
    part.heading = "The team";
    for (const StafferLine& line : report.staffers)
        part.fields.push_back({line.full_name, staffer_text(line)});
    return part;
}

Part rules(const WeeklyReport& report) {
    Part part;
    part.heading = "Alerts, and those that were not needed";
    if (report.rules.empty()) {
        part.text = "There were none.";
        return part;
    }
    part.text = fmt::format("Open before: {}. Raised: {}. Closed: {}. Open now: {}.", report.open_before,
                            report.alerts.raised, report.alerts.closed(), report.open_after);
    for (std::size_t i = 0; i < std::min(most_rules, report.rules.size()); ++i) {
        const RuleLine& line = report.rules[i];
        std::string text =
            fmt::format("{} not needed", of_whole(line.alerts.not_needed, line.alerts.closed()));
        std::string reasons;
        for (const auto& [reason, count] : line.reasons)
            reasons += fmt::format("{}{} {}", reasons.empty() ? ": " : ", ", count, reason);
        part.fields.push_back({line.title, text + reasons});
    }
    return part;
}

std::string relation_text(const Relation& relation, bool won) {
    if (won && relation.is > relation.was)
        return fmt::format("{} ({}{})", relation.name, name_of(relation.is),
                           relation.first_contact ? ", first contact" : "");
    if (won) return fmt::format("{} (first contact)", relation.name);
    return fmt::format("{} ({})", relation.name, name_of(relation.was));
}

std::string relations_text(const std::vector<Relation>& all, bool won) {
    if (all.empty()) return "nobody";
    std::string text;
    for (std::size_t i = 0; i < std::min(most_names, all.size()); ++i)
        text += (i > 0 ? ", " : "") + relation_text(all[i], won);
    if (all.size() > most_names) text += fmt::format(" and {} more", all.size() - most_names);
    return fmt::format("{}: {}", all.size(), text);
}

Part relations(const WeeklyReport& report) {
    Part part;
    part.heading = "Relationships";
    part.fields = {{"Won", relations_text(report.won, true)},
                   {"Going cold", relations_text(report.cold, false)}};
    return part;
}

Part gaps(const WeeklyReport& report, std::string_view zone) {
    Part part;
    part.heading = "What I could not hear";
    part.text = "None of these numbers knows what was said then.";
    for (std::size_t i = 0; i < std::min(most_holes, report.gaps.size()); ++i) {
        const GapRow& gap = report.gaps[i];
        part.fields.push_back({gap.channel.platform + " " + gap.channel.id,
                               fmt::format("{} to {}: {}", local_date_text(zone, gap.from),
                                           local_date_text(zone, gap.until), gap.why)});
    }
    if (report.gaps.size() > most_holes)
        part.fields.push_back({"", fmt::format("and {} more", report.gaps.size() - most_holes)});
    return part;
}

const StafferLine* line_of(const WeeklyReport& report, std::string_view staffer) {
    const auto at = std::find_if(report.staffers.begin(), report.staffers.end(),
                                 [&](const StafferLine& line) { return line.name == staffer; });
    return at == report.staffers.end() ? nullptr : &*at;
}

std::vector<Field> numbers_of(const StafferLine& line) {
    std::vector<Field> fields{
        {"Answered in person", fmt::format("{} (seen: {}, you say so: {})", line.verified + line.attested,
                                           line.verified, line.attested)},
        {"Asked", line.asked == 1 ? "1 time" : fmt::format("{} times", line.asked)},
        {"Took", std::to_string(line.claimed)},
    };
    if (line.handed_over > 0) fields.push_back({"Handed over", std::to_string(line.handed_over)});
    if (line.released > 0) fields.push_back({"Went on to the next", std::to_string(line.released)});
    if (line.times.calendar.count > 0)
        fields.push_back({"Usual time to an answer", usual(line.times.calendar)});
    if (line.times.working.count > 0)
        fields.push_back({"Of that, your working time", usual(line.times.working)});
    return fields;
}

}  // namespace

std::vector<Field> numbers_of(const WeeklyReport& report, std::string_view staffer) {
    if (!staffer.empty()) {
        const StafferLine* line = line_of(report, staffer);
        return numbers_of(line ? *line : StafferLine{});
    }
    const Answers& all = report.answers;
    std::vector<Field> fields{
        {"Answered in person", in_person_text(all)},
        {"Only by the brand", std::to_string(all[WaitEnd::brand])},
        {"Only by others", std::to_string(all[WaitEnd::others])},
        {"By nobody", std::to_string(all[WaitEnd::none])},
    };
    if (report.times.calendar.count > 0)
        fields.push_back({"Usual time to a person's answer", usual(report.times.calendar)});
    if (report.times.working.count > 0)
        fields.push_back({"Of that, working time", usual(report.times.working)});
    fields.push_back({"Alerts not needed", of_whole(report.alerts.not_needed, report.alerts.closed())});
    fields.push_back({"Nobody answered in time", std::to_string(report.alerts.expired)});
    if (report.brand.instead > 0)
        fields.push_back(
            {"The brand answered where a person should",
             fmt::format("{}, and a person as well in {}", report.brand.instead, report.brand.then_person)});
    return fields;
}

Page page_of(const WeeklyReport& report, std::string_view zone) {
    Page page{"report", stretch_text({report.from, report.until}, report.zone), {}};
    page.parts.push_back(summary(report));
    if (report.answers.total() > 0) page.parts.push_back(tiers(report));
    if (Part part = roles(report); !part.fields.empty()) page.parts.push_back(std::move(part));
    page.parts.push_back(staffers(report));
    page.parts.push_back(rules(report));
    page.parts.push_back(relations(report));
    if (!report.gaps.empty()) page.parts.push_back(gaps(report, zone));
    if (const auto wrong = check(report); !wrong.empty()) {
        Part part;
        part.heading = "These numbers do not add up";
        part.text = fmt::format("{}\nPlease tell whoever looks after me.", fmt::join(wrong, "\n"));
        page.parts.push_back(std::move(part));
    }
    return page;
}

}  // namespace rapport::reports
