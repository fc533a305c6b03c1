// The report as a picture: who waited and who answered, day by day and by closeness, and what staff had to
// do.

#include "bot/reports/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bot/reports/canvas.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/words.hpp"

namespace rapport::reports {

namespace {

constexpr int sheet_width = 1200, sheet_height = 900;
constexpr double left = 40, right = 1160, middle_left = 580, middle_right = 640;
constexpr double small = 17, normal = 19, heading = 22;
constexpr std::array<Ink, 5> inks{Ink::blue, Ink::sky, Ink::orange, Ink::grey, Ink::light};  ///< By WaitEnd.

/// A bar of `answers` from left to right, `width` for `whole` of them.
void bar(const Canvas& canvas, const Box& box, const Answers& answers, std::size_t whole) {
    double x = box.x;
    for (std::size_t i = 0; i < inks.size() && whole > 0; ++i) {
        const double width = box.width * double(answers.ends[i]) / double(whole);
        canvas.box({x, box.y, width, box.height}, inks[i]);
        x += width;
    }
}

void big_number(const Canvas& canvas, double x, const std::string& number, const std::string& line1,
                const std::string& line2) {
    canvas.text(x, 112, 46, number, Ink::text, Align::left, true);
    canvas.text(x, 152, normal, line1, Ink::faint_text);
    canvas.text(x, 177, normal, line2, Ink::faint_text);
}

void top(const Canvas& canvas, const WeeklyReport& report) {
    canvas.text(left, 46, 30, stretch_text({report.from, report.until}, report.zone), Ink::text, Align::left,
                true);
    const Answers& all = report.answers;
    big_number(canvas, left, share_text(all.in_person(), all.total()),
               "answered in person:", fmt::format("{} of {} who waited", all.in_person(), all.total()));
    const bool timed = report.times.calendar.count > 0;
    big_number(
        canvas, 420, timed ? length_text(report.times.calendar.median) : "none seen yet",
        "usual time to a person's answer",
        report.times.working.count > 0 ? fmt::format("({})", working_text(report.times.working.median)) : "");
    const AlertCounts& alerts = report.alerts;
    big_number(canvas, 860, fmt::format("{} of {}", alerts.not_needed, alerts.closed()),
               "closed alerts were not needed",
               fmt::format("{} raised, {} open now", alerts.raised, report.open_after));
}

void legend(const Canvas& canvas) {
    double x = left;
    for (std::size_t i = 0; i < inks.size(); ++i) {
        const std::string_view words = words_for(WaitEnd(i));
        canvas.box({x, 215, 18, 18}, inks[i]);
        canvas.text(x + 26, 224, small, words);
        x += 26 + double(words.size()) * small * 0.56 + 28;
    }
}

/// Three equal steps reach at least so high: the length of one, a number that people like to read.
std::size_t step_for(std::size_t most) {
    constexpr std::array tenths{10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
    for (std::size_t ten = 1;; ten *= 10)
        for (const int times : tenths) {
            const std::size_t step = std::size_t(times) * ten;
            if (step % 10 == 0 && 3 * step >= 10 * most) return step / 10;
        }
}

void course(const Canvas& canvas, const WeeklyReport& report) {
    constexpr Box area{left + 44, 310, middle_left - left - 44, 230};
    canvas.text(left, 278, heading, "Who waited, and who answered", Ink::text, Align::left, true);
    std::size_t most = 1;
    for (const Bucket& one : report.course) most = std::max(most, one.answers.total());
    const std::size_t step_up = step_for(most);
    most = 3 * step_up;
    const double bottom = area.y + area.height;
    for (int i = 0; i <= 3; ++i) {
        const double y = bottom - area.height * i / 3;
        canvas.line(area.x, y, area.x + area.width, y, Ink::line);
        canvas.text(area.x - 10, y, small, std::to_string(step_up * std::size_t(i)), Ink::faint_text,
                    Align::right);
    }
    if (report.course.empty()) return;
    const double step = area.width / double(report.course.size());
    // Of many labels only every second, third, ... has room.
    const auto every = std::size_t(std::max(1.0, std::ceil(58 / step)));
    for (std::size_t i = 0; i < report.course.size(); ++i) {
        const Bucket& one = report.course[i];
        const double x = area.x + step * double(i), width = std::min(56.0, step * 0.72);
        const double bar_x = x + (step - width) / 2;
        if (one.gap) {
            canvas.frame({x + 2, area.y, step - 4, area.height}, Ink::vermillion);
            canvas.text(x + step / 2, area.y - 12, small - 2, step > 40 ? "a gap" : "!", Ink::vermillion,
                        Align::middle);
        }
        double y = bottom;
        for (std::size_t end = 0; end < inks.size(); ++end) {
            const double height = area.height * double(one.answers.ends[end]) / double(most);
            canvas.box({bar_x, y - height, width, height}, inks[end]);
            y -= height;
        }
        if (one.answers.total() > 0 && step > 34)
            canvas.text(x + step / 2, y - 12, small - 1, std::to_string(one.answers.total()), Ink::text,
                        Align::middle);
        if (i % every == 0)
            canvas.text(x + step / 2, bottom + 18, small - 1, one.label, Ink::text, Align::middle);
    }
}

void tiers(const Canvas& canvas, const WeeklyReport& report) {
    canvas.text(middle_right, 278, heading, "How close they are to us", Ink::text, Align::left, true);
    double y = 308;
    for (std::size_t i = report.by_depth.size(); i-- > 0;) {
        const Answers& tier = report.by_depth[i];
        const Box box{middle_right + 130, y, right - middle_right - 130 - 150, 30};
        canvas.text(middle_right, y + 15, normal, name_of(Depth(i)));
        if (tier.total() > 0) {
            bar(canvas, box, tier, tier.total());
        } else {
            canvas.frame(box, Ink::line);
        }
        canvas.text(
            right, y + 15, normal,
            tier.total() == 0 ? "nobody waited" : fmt::format("{} of {}", tier.in_person(), tier.total()),
            tier.total() == 0 ? Ink::faint_text : Ink::text, Align::right);
        y += 47;
    }
    canvas.text(right, y + 2, small - 1, "answered in person", Ink::faint_text, Align::right);
}

std::vector<StafferLine> busiest(const WeeklyReport& report) {
    std::vector<StafferLine> lines = report.staffers;
    std::stable_sort(lines.begin(), lines.end(), [](const StafferLine& a, const StafferLine& b) {
        return a.verified + a.attested + a.asked > b.verified + b.attested + b.asked;
    });
    return lines;
}

void staffers(const Canvas& canvas, const WeeklyReport& report) {
    constexpr std::size_t rows = 6;
    canvas.text(left, 612, heading, "Who answered, and who was asked", Ink::text, Align::left, true);
    const std::vector<StafferLine> lines = busiest(report);
    std::size_t most = 1;
    for (const StafferLine& line : lines) most = std::max({most, line.verified + line.attested, line.asked});
    double y = 640;
    for (std::size_t i = 0; i < std::min(rows, lines.size()); ++i) {
        const StafferLine& line = lines[i];
        const double x = left + 150, width = middle_left - x - 222;
        canvas.text(left, y + 12, normal, fitted(line.full_name, normal, 142));
        Answers answers;
        answers.ends = {line.verified, line.attested, 0, 0, 0};
        bar(canvas, {x, y, width, 16}, answers, most);
        canvas.box({x, y + 18, width * double(line.asked) / double(most), 6}, Ink::vermillion);
        canvas.text(middle_left, y + 12, small,
                    fmt::format("{} answered, {} asked", line.verified + line.attested, line.asked),
                    Ink::text, Align::right);
        y += 36;
    }
    if (lines.size() > rows)
        canvas.text(left, y + 10, small, fmt::format("and {} more", lines.size() - rows), Ink::faint_text);
    canvas.box({left + 150, y + 7, 18, 6}, Ink::vermillion);
    canvas.text(left + 176, y + 10, small - 1, "asked by an alert", Ink::faint_text);
}

void rules(const Canvas& canvas, const WeeklyReport& report) {
    constexpr std::size_t rows = 3;
    canvas.text(middle_right, 612, heading, "Alerts that were not needed", Ink::text, Align::left, true);
    double y = 640;
    if (report.rules.empty())
        canvas.text(middle_right, y + 12, normal, "There were no alerts.", Ink::faint_text);
    for (std::size_t i = 0; i < std::min(rows, report.rules.size()); ++i) {
        const RuleLine& line = report.rules[i];
        const std::size_t closed = line.alerts.closed();
        const double width = right - middle_right;
        canvas.text(middle_right, y + 8, small, fitted(line.title, small, width - 120));
        canvas.text(right, y + 8, small, fmt::format("{} of {}", line.alerts.not_needed, closed), Ink::text,
                    Align::right);
        canvas.box({middle_right, y + 22, width, 10}, Ink::light);
        if (closed > 0)
            canvas.box({middle_right, y + 22, width * double(line.alerts.not_needed) / double(closed), 10},
                       Ink::vermillion);
        y += 46;
    }
}

std::string names_of(const std::vector<Relation>& relations, double width) {
    std::string names;
    for (const Relation& one : relations) {
        if (names.size() > 200) break;
        names += (names.empty() ? "" : ", ") + one.name;
    }
    return fitted(names, normal, width);
}

void relations(const Canvas& canvas, const WeeklyReport& report) {
    constexpr double digit = 29;
    const std::string won = std::to_string(report.won.size()), cold = std::to_string(report.cold.size());
    const double x = middle_right + digit * double(std::max(won.size(), cold.size())) + 16;
    const auto line = [&](double y, const std::string& number, Ink ink, std::string_view words,
                          const std::vector<Relation>& all) {
        canvas.text(x - 16, y + 8, 40, number, all.empty() ? Ink::grey : ink, Align::right, true);
        canvas.text(x, y - 4, normal, words);
        canvas.text(x, y + 21, normal, names_of(all, right - x), Ink::faint_text);
    };
    line(798, won, Ink::blue, report.won.size() == 1 ? "relationship won" : "relationships won", report.won);
    line(856, cold, Ink::vermillion,
         report.cold.size() == 1 ? "relationship going cold" : "relationships going cold", report.cold);
}

}  // namespace

Result<std::string> draw(const WeeklyReport& report) {
    Result<std::string> png = draw_png(sheet_width, sheet_height, [&](const Canvas& canvas) {
        top(canvas, report);
        legend(canvas);
        course(canvas, report);
        tiers(canvas, report);
        staffers(canvas, report);
        rules(canvas, report);
        relations(canvas, report);
    });
    if (png && png->size() > largest_picture)
        return Error{ErrorKind::rejected, "The picture became larger than what may be sent."};
    return png;
}

std::string image_text(const WeeklyReport& report) {
    const Answers& all = report.answers;
    std::string text = fmt::format(
        "{}. {} of {} who waited were answered in person ({}), {} only by the brand, {} only by others, {} "
        "by "
        "nobody.",
        stretch_text({report.from, report.until}, report.zone), all.in_person(), all.total(),
        share_text(all.in_person(), all.total()), all[WaitEnd::brand], all[WaitEnd::others],
        all[WaitEnd::none]);
    if (report.times.calendar.count > 0)
        text += fmt::format(" A person's answer usually took {}.", length_text(report.times.calendar.median));
    text +=
        fmt::format(" {} of {} closed alerts were not needed. Relationships won: {}; going cold: {}.",
                    report.alerts.not_needed, report.alerts.closed(), report.won.size(), report.cold.size());
    if (!report.gaps.empty()) text += " Not everything could be heard.";
    return text;
}

}  // namespace rapport::reports
