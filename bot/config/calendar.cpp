#include "bot/config/calendar.hpp"

#include <fmt/core.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using LocalTime = std::chrono::local_time<minutes>;

/// An entry is refused with these words; caught where its line is known.
class Unreadable : public std::runtime_error {
public:
    Unreadable(const std::string& what, std::string help)
        : runtime_error(what), suggestion(std::move(help)) {}
    std::string suggestion;
};

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

/// A piece of the file between BEGIN and END.
struct Block {
    std::string_view text{};
    int line = 0;
};

std::string_view bare(std::string_view line) {
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// Calls `each` with every line, without its end, and where it and the next one begin.
template <class Each>
void for_each_line(std::string_view text, Each each) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::size_t next = std::min(end + 1, text.size());
        each(bare(text.substr(at, end - at)), at, next);
        at = next;
    }
}

/// The VEVENT blocks, each with the line it begins on. `cut_off`: the lines of those that do not end.
std::vector<Block> events_of(std::string_view text, std::vector<int>& cut_off) {
    std::vector<Block> blocks;
    std::optional<Block> open;
    std::size_t begin = 0;
    int line = 0;
    for_each_line(text, [&](std::string_view words, std::size_t at, std::size_t next) {
        ++line;
        if (words == "BEGIN:VEVENT") {
            if (open) cut_off.push_back(open->line);
            open = Block{{}, line};
            begin = at;
        } else if (open && words == "END:VEVENT") {
            blocks.push_back({text.substr(begin, next - begin), open->line});
            open.reset();
        }
    });
    if (open) cut_off.push_back(open->line);
    return blocks;
}

/// Whether each END has its BEGIN; libical would complain on stderr.
bool is_nested(std::string_view block) {
    std::vector<std::string_view> open;
    bool good = true;
    for_each_line(block, [&](std::string_view words, std::size_t, std::size_t) {
        if (words.starts_with("BEGIN:")) {
            open.push_back(words.substr(6));
        } else if (words.starts_with("END:")) {
            good = good && !open.empty() && open.back() == words.substr(4);
            if (!open.empty()) open.pop_back();
        }
    });
    return good && open.empty();
}

icalproperty* first(const Component& of, icalproperty_kind kind) {
    return icalcomponent_get_first_property(of.get(), kind);
}

std::string text_of(const char* text) {
    return text ? std::string{text} : std::string{};
}

/// A moment as the file writes it.
struct Moment {
    LocalTime local{};
    std::string zone{};
    bool whole_day = false;
    /// For comparing moments in different zones; those without one go by UTC.
    Time at() const {
        const auto day = std::chrono::floor<days>(local);
        return local_moment(zone.empty() ? "UTC" : zone,
                            std::chrono::year_month_day{std::chrono::sys_days{day.time_since_epoch()}},
                            local - day);
    }
};

LocalTime local_of(const icaltimetype& time) {
    const std::chrono::year_month_day day{std::chrono::year{time.year},
                                          std::chrono::month{static_cast<unsigned>(time.month)},
                                          std::chrono::day{static_cast<unsigned>(time.day)}};
    if (!day.ok() || time.year < 1900 || time.year > 2200)
        throw Unreadable("has a date that does not exist",
                         "Dates are written 20260302, with a time 20260302T090000.");
    return local_days{day} + minutes{time.is_date ? 0 : time.hour * 60 + time.minute};
}

Moment moment_of(const icaltimetype& time, const icalproperty* property) {
    Moment moment{local_of(time), {}, time.is_date != 0};
    if (moment.whole_day) return moment;
    if (icaltime_is_utc(time)) {
        moment.zone = "UTC";
        return moment;
    }
    icalparameter* zone = icalproperty_get_first_parameter(const_cast<icalproperty*>(property),
                                                           ICAL_TZID_PARAMETER);  // NOLINT: C
    if (!zone) return moment;
    const std::string name = text_of(icalparameter_get_tzid(zone));
    moment.zone = zone_of_calendar(name);
    if (moment.zone.empty())
        throw Unreadable(
            fmt::format("goes by the clock of \"{}\", which is no time zone of this system", name),
            "Use a zone such as Europe/Berlin.");
    return moment;
}

/// What is wrong with one of the lines that we read, as libical says it.
void refuse_errors(const Component& event) {
    for (icalproperty* error = first(event, ICAL_XLICERROR_PROPERTY); error;
         error = icalcomponent_get_next_property(event.get(), ICAL_XLICERROR_PROPERTY)) {
        const std::string words = text_of(icalproperty_get_xlicerror(error));
        for (const char* ours : {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
            if (words.find(ours) != std::string::npos)
                throw Unreadable(fmt::format("cannot be read: {}", words), "Export the calendar anew.");
    }
}

/// An entry before what repeats is written out.
struct Event {
    CalendarEntry entry{};
    std::string uid{};
    Moment start{};
    std::optional<Time> instead_of{};  ///< RECURRENCE-ID: the time of the same UID that this one replaces.
    Component source{};
};

void read_people(Event& event) {
    for (icalproperty* one = first(event.source, ICAL_ATTENDEE_PROPERTY); one;
         one = icalcomponent_get_next_property(event.source.get(), ICAL_ATTENDEE_PROPERTY)) {
        if (icalparameter* name = icalproperty_get_first_parameter(one, ICAL_CN_PARAMETER))
            event.entry.people.push_back(text_of(icalparameter_get_cn(name)));
        std::string mail = text_of(icalproperty_get_attendee(one));
        const auto colon = mail.find(':');
        if (colon != std::string::npos) mail.erase(0, colon + 1);
        if (const auto sign = mail.find('@'); sign != std::string::npos && sign > 0)
            event.entry.people.push_back(mail.substr(0, sign));
    }
}

void read_end(Event& event) {
    CalendarEntry& entry = event.entry;
    if (icalproperty* end = first(event.source, ICAL_DTEND_PROPERTY)) {
        const Moment until = moment_of(icalproperty_get_dtend(end), end);
        entry.until = until.local;
        if (until.zone != entry.zone && !until.zone.empty() && !entry.zone.empty()) {
            const LocalMoment there = local_clock(entry.zone, until.at());
            entry.until = local_days{there.day} + there.minute;
        }
    } else if (icalproperty* length = first(event.source, ICAL_DURATION_PROPERTY)) {
        entry.until = entry.from + minutes{icaldurationtype_as_int(icalproperty_get_duration(length)) / 60};
    } else {
        entry.until = entry.from + (entry.whole_days ? days{1} : days{0});
    }
    if (entry.until < entry.from) throw Unreadable("ends before it begins", "DTEND comes after DTSTART.");
}

Event read_event(const Block& block) {
    Event event;
    if (is_nested(block.text)) event.source.reset(icalparser_parse_string(std::string{block.text}.c_str()));
    if (!event.source || icalcomponent_isa(event.source.get()) != ICAL_VEVENT_COMPONENT)
        throw Unreadable("cannot be read", "Export the calendar anew.");
    if (icalproperty* title = first(event.source, ICAL_SUMMARY_PROPERTY))
        event.entry.title = text_of(icalproperty_get_summary(title));
    refuse_errors(event.source);
    icalproperty* start = first(event.source, ICAL_DTSTART_PROPERTY);
    if (!start) throw Unreadable("does not say when it begins", "Each entry needs a DTSTART.");
    event.start = moment_of(icalproperty_get_dtstart(start), start);
    event.entry.from = event.start.local;
    event.entry.zone = event.start.zone;
    event.entry.whole_days = event.start.whole_day;
    event.entry.line = block.line;
    if (icalproperty* uid = first(event.source, ICAL_UID_PROPERTY))
        event.uid = text_of(icalproperty_get_uid(uid));
    if (icalproperty* instead = first(event.source, ICAL_RECURRENCEID_PROPERTY))
        event.instead_of = moment_of(icalproperty_get_recurrenceid(instead), instead).at();
    read_end(event);
    read_people(event);
    return event;
}

bool is_cancelled(const Event& event) {
    icalproperty* status = first(event.source, ICAL_STATUS_PROPERTY);
    return status && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
}

/// By the clock of the entry, so that libical need know no zones.
icaltimetype as_ical(LocalTime local, bool whole_day) {
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::year_month_day date{std::chrono::sys_days{day.time_since_epoch()}};
    icaltimetype time = icaltime_null_time();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    const auto minute = static_cast<int>((local - day).count());
    time.hour = minute / 60;
    time.minute = minute % 60;
    time.is_date = whole_day ? 1 : 0;
    return time;
}

/// What EXDATE takes out: times, and whole days where it is a date alone.
struct Excluded {
    explicit Excluded(const Event& event) {
        for (icalproperty* one = first(event.source, ICAL_EXDATE_PROPERTY); one;
             one = icalcomponent_get_next_property(event.source.get(), ICAL_EXDATE_PROPERTY)) {
            const Moment out = moment_of(icalproperty_get_exdate(one), one);
            if (out.whole_day)
                whole.insert(std::chrono::floor<days>(out.local));
            else
                times.insert(out.at());
        }
    }
    bool has(const Event& event, LocalTime local) const {
        if (whole.contains(std::chrono::floor<days>(local))) return true;
        return !times.empty() && times.contains(Moment{local, event.entry.zone}.at());
    }
    std::set<Time> times{};
    std::set<local_days> whole{};
};

void follow_rule(const Event& event, icalproperty* property, std::set<LocalTime>& times) {
    icalrecurrencetype rule = icalproperty_get_rrule(property);
    if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE || rule.interval < 1)
        throw Unreadable("repeats in a way that is not understood",
                         "RRULE may be DAILY, WEEKLY, MONTHLY or YEARLY.");
    if (icaltime_is_utc(rule.until) && !event.entry.zone.empty()) {
        const LocalMoment until = local_clock(event.entry.zone, Moment{local_of(rule.until), "UTC"}.at());
        rule.until = as_ical(local_days{until.day} + until.minute, false);
    }
    const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator{
        icalrecur_iterator_new(rule, as_ical(event.entry.from, event.entry.whole_days))};
    if (!iterator) throw Unreadable("repeats in a way that is not understood", "Look at its RRULE.");
    for (icaltimetype at = icalrecur_iterator_next(iterator.get());
         !icaltime_is_null_time(at) && at.year <= last_calendar_year;
         at = icalrecur_iterator_next(iterator.get())) {
        times.insert(local_of(at));
        if (times.size() > max_calendar_entries) return;  // the caller refuses so many
    }
}

/// When the entry takes place, by its own clock.
std::set<LocalTime> times_of(const Event& event) {
    std::set<LocalTime> times{event.entry.from};
    for (icalproperty* rule = first(event.source, ICAL_RRULE_PROPERTY); rule;
         rule = icalcomponent_get_next_property(event.source.get(), ICAL_RRULE_PROPERTY))
        follow_rule(event, rule, times);
    for (icalproperty* one = first(event.source, ICAL_RDATE_PROPERTY); one;
         one = icalcomponent_get_next_property(event.source.get(), ICAL_RDATE_PROPERTY))
        times.insert(moment_of(icalproperty_get_rdate(one).time, one).local);
    const Excluded excluded{event};
    std::erase_if(times, [&](LocalTime local) { return excluded.has(event, local); });
    return times;
}

class Reader {
public:
    Reader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    Loaded<std::vector<CalendarEntry>> read() {
        if (const auto wrong = refused_whole()) return {std::nullopt, {*wrong}};
        icalerror_set_errors_are_fatal(false);
        read_events();
        for (const Event& event : events_) write_out(event);
        if (entries_.size() > max_calendar_entries)
            problems_ = {{file_, 0, 0, fmt::format("it has more than {} times", max_calendar_entries),
                          "Let what repeats end (UNTIL), or take out what is long past."}};
        if (!problems_.empty()) return {std::nullopt, std::move(problems_)};
        std::stable_sort(entries_.begin(), entries_.end(),
                         [](const CalendarEntry& a, const CalendarEntry& b) { return a.from < b.from; });
        return {std::move(entries_), {}};
    }

private:
    std::optional<Problem> refused_whole() const {
        const auto whole = [&](std::string message, std::string help) {
            return Problem{file_, 0, 0, std::move(message), std::move(help)};
        };
        if (text_.size() > max_config_bytes)
            return whole(fmt::format("the file has {} bytes, more than the {} that are read", text_.size(),
                                     max_config_bytes),
                         "Is this the right file?");
        if (text_.find("BEGIN:VCALENDAR") == std::string_view::npos)
            return whole("this is no iCalendar file",
                         "It would begin with BEGIN:VCALENDAR. Export it as .ics.");
        if (text_.find('\0') != std::string_view::npos || find_invalid_utf8(text_))
            return whole("this is not UTF-8", "Save the file with the encoding UTF-8.");
        return std::nullopt;
    }

    void wrong(int line, const std::string& title, const Unreadable& why) {
        if (problems_.size() >= max_problems) return;
        const std::string entry = title.empty() ? "this entry" : fmt::format("the entry \"{}\"", title);
        problems_.push_back({file_, line, 0, fmt::format("{} {}", entry, why.what()), why.suggestion});
    }

    void read_events() {
        std::vector<int> cut_off;
        for (const Block& block : events_of(text_, cut_off)) {
            try {
                events_.push_back(read_event(block));
                const Event& event = events_.back();
                if (event.instead_of) replaced_.insert({event.uid, *event.instead_of});
            } catch (const Unreadable& why) {
                wrong(block.line, "", why);
            }
        }
        for (const int line : cut_off)
            wrong(line, "", Unreadable{"does not end", "The file seems to be cut off."});
    }

    void write_out(const Event& event) {
        if (is_cancelled(event) || entries_.size() > max_calendar_entries) return;
        try {
            for (const LocalTime local : times_of(event)) {
                const Time at = Moment{local, event.entry.zone, event.entry.whole_days}.at();
                if (!event.instead_of && replaced_.contains({event.uid, at})) continue;
                CalendarEntry entry = event.entry;
                entry.until = local + (event.entry.until - event.entry.from);
                entry.from = local;
                entries_.push_back(std::move(entry));
                if (entries_.size() > max_calendar_entries) return;
            }
        } catch (const Unreadable& why) {
            wrong(event.entry.line, event.entry.title, why);
        }
    }

    std::string_view text_;
    std::string file_;
    std::vector<Event> events_{};
    std::set<std::pair<std::string, Time>> replaced_{};
    std::vector<CalendarEntry> entries_{};
    std::vector<Problem> problems_{};
};

}  // namespace

Loaded<std::vector<CalendarEntry>> load_calendar(std::string_view text, std::string_view file) {
    return Reader{text, file}.read();
}

}  // namespace rapport::config_file
