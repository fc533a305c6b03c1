#pragma once

// What happened in a stretch of time, in numbers that add up: who waited and who answered them in person, how
// long that took, what staff were asked for in vain, and which relationships grew or went cold. Pure.

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/people/person.hpp"

namespace rapport::reports {

/// How it ended for somebody who waited for an answer.
enum class WaitEnd : std::uint8_t {
    verified,  ///< A staffer answered there, from an account of their own.
    attested,  ///< Nothing to be seen there, but a staffer says that they answered.
    brand,     ///< Only the brand's account answered.
    others,    ///< Only people who are not on the team answered.
    none       ///< Nobody did, until the end of the report.
};

/// Somebody waits in a conversation: from the first thing they said that wants an answer, until a person on
/// the team answers them there (conversations/waiting.hpp). What they ask after that is a new wait.
struct Wait {
    ConversationId conversation{};
    AccountId who{};
    MessageId first{};
    Time since{};
    Time person{};          ///< First answered by a staffer in person; `never`: not.
    AccountId person_by{};  ///< By which account.
    Time brand{};           ///< First answered by the brand.
    Time others{};          ///< First answered by somebody else.
    WaitEnd end = WaitEnd::none;
    std::string staffer{};  ///< Who answered (verified) or says so (attested); empty: nobody the team knows.
};

/// Waits, counted by how they ended.
struct Answers {
    std::array<std::size_t, 5> ends{};  ///< By WaitEnd.

    std::size_t operator[](WaitEnd end) const { return ends[std::size_t(end)]; }
    void add(WaitEnd end) { ++ends[std::size_t(end)]; }
    std::size_t total() const;
    /// Verified or attested.
    std::size_t in_person() const { return (*this)[WaitEnd::verified] + (*this)[WaitEnd::attested]; }
    Answers& operator+=(const Answers& more);
    bool operator==(const Answers&) const = default;
};

/// How long something usually took.
struct Spread {
    std::size_t count = 0;
    std::chrono::milliseconds median{};     ///< Zero if `count` is.
    std::chrono::milliseconds ninetieth{};  ///< Nine of ten took no longer.
    bool operator==(const Spread&) const = default;
};
Spread spread_of(std::vector<std::chrono::milliseconds> lengths);

/// From the question to the first answer of a staffer in person (verified only: when an attested answer was
/// given, nobody saw). Bots and the brand do not count.
struct AnswerTimes {
    Spread calendar{};
    Spread working{};  ///< In the working time of whoever answered, where the team knows their hours.
    bool operator==(const AnswerTimes&) const = default;
};

/// One staffer's share.
struct StafferLine {
    std::string name{};                      ///< Empty: people on the team whom team.yaml does not name.
    std::string full_name{};                 ///< For people to read; never empty.
    std::size_t said = 0;                    ///< Messages that they wrote themselves.
    std::size_t verified = 0, attested = 0;  ///< Of the waits.
    AnswerTimes times{};
    // Alerts: each counts once for each of these, however often it came by.
    std::size_t asked = 0, claimed = 0, released = 0;
    std::size_t handed_over = 0;   ///< Passed on to a colleague.
    std::size_t most_at_once = 0;  ///< Open with or claimed by them at the same moment.
    unsigned capacity = 0;         ///< 0: unknown.
};

/// Alerts, by what became of them within the report's time.
struct AlertCounts {
    std::size_t raised = 0;
    // Closed:
    std::size_t verified = 0, attested = 0, other_staff = 0, brand = 0, not_needed = 0, expired = 0,
                withdrawn = 0;

    std::size_t closed() const;
    AlertCounts& operator+=(const AlertCounts& more);
    bool operator==(const AlertCounts&) const = default;
};

struct RuleLine {
    std::string rule{};
    std::string title{};
    AlertCounts alerts{};
    std::map<std::string, std::size_t> reasons{};  ///< Of *Not needed*, in words.
};

/// The brand's account, where people wait for people.
struct BrandLine {
    std::size_t answered = 0;     ///< Waits that it answered at all.
    std::size_t only = 0;         ///< Of these, nobody in person did.
    std::size_t instead = 0;      ///< Alerts whose rule wants a person, and the brand answered.
    std::size_t then_person = 0;  ///< Of these, a person answered as well.
};

/// A relationship that changed.
struct Relation {
    AccountId person{};  ///< The account that stands for them.
    std::string name{};
    Depth was = Depth::stranger;
    Depth is = Depth::stranger;
    bool first_contact = false;  ///< Somebody on the team wrote to them for the first time.
    std::string staffer{};       ///< Name of their owner, else of the strongest tie; or empty.
    Time last{};                 ///< Last contact in either direction.
};

/// A stretch of the report's time, for showing the course of things.
struct Bucket {
    Time from{}, until{};
    std::string label{};  ///< "Mon 16", "Week 47", "Nov 2026", "2026".
    Answers answers{};
    bool gap = false;  ///< Something could not be heard in it.
};

struct WeeklyReport {
    Time from{}, until{};                    ///< Half open.
    std::string zone{};                      ///< Whose days and weeks these are.
    std::size_t messages = 0, persons = 0;   ///< Said by people outside the team, and by how many of them.
    std::size_t conversations = 0;           ///< In which somebody waited.
    std::size_t conversations_answered = 0;  ///< Of these, at least one in person.
    Answers answers{};
    std::array<Answers, 5> by_depth{};         ///< By Depth, as it was at `until`.
    std::map<std::string, Answers> by_role{};  ///< A person with two roles counts in both; "": with none.
    std::vector<Bucket> course{};
    AnswerTimes times{};
    std::vector<StafferLine> staffers{};  ///< In the order of team.yaml.
    BrandLine brand{};
    std::size_t open_before = 0, open_after = 0;  ///< Alerts.
    AlertCounts alerts{};
    std::vector<RuleLine> rules{};  ///< Most alerts first.
    std::vector<Relation> won{};    ///< Deeper than before, or a first contact; the deepest first.
    std::vector<Relation> cold{};  ///< Silent for longer than is usual since within this time; deepest first.
    std::vector<GapRow> gaps{};    ///< What could not be heard: the numbers know nothing of it.
};

/// A message as reports see it.
struct Line {
    MessageId id{};
    AccountId author{};
    ConversationId conversation{};
    MessageId reply_to{};
    AccountId answers{};  ///< The author of `reply_to`.
    Time at{};
    Speaker speaker = Speaker::person;
    bool via_app = false, linked = false, needs_reply = false;
};

/// Everything that a report is made from.
struct Material {
    Time from{}, until{};
    std::vector<AlertRow> alerts{};  ///< Not closed before `from`.
    /// Messages that are still there, in the order in which they were heard: from `lookback` before `from`
    /// on, to the latest (what came after `until` is taken out of the ties again).
    std::vector<Line> lines{};
    State state{};  ///< The persons of all these with their accounts; the community. Read only.
    std::vector<AccountId> known{};  ///< Persons whom somebody on the team has written to.
    std::vector<GapRow> gaps{};
};
/// So far before its begin a report looks for waits that still last.
inline constexpr std::chrono::days lookback{7};

/// Every wait in `lines`, in the order in which they began; with what ended them before `until`.
std::vector<Wait> waits_of(const std::vector<Line>& lines, Time until);

/// `zone`: by whose clock days and weeks are told; an IANA name.
WeeklyReport make_report(const Material& material, const World& world, std::string_view zone);

/// What does not add up, in words; nothing if all is well.
std::vector<std::string> check(const WeeklyReport& report);

std::string_view name_of(WaitEnd end) noexcept;

}  // namespace rapport::reports
