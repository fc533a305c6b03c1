#include "bot/letters/due.hpp"

#include "bot/letters/digest.hpp"
#include "bot/letters/succession.hpp"
#include "bot/letters/touch.hpp"
#include "bot/letters/weekly.hpp"

namespace rapport::letters {

namespace {

/// Silences are days long, and who has left is not urgent to the minute.
constexpr std::chrono::hours touch_pause{1};
constexpr std::chrono::hours leavers_pause{1};
/// More ids than this are of days that are over.
constexpr std::size_t most_settled = 10'000;

class Due {
public:
    Due(Look& look, Looked& looked) : look_(look), looked_(looked) {
        if (looked_.settled.size() > most_settled) looked_.settled.clear();
    }

    std::vector<SendLetter> take() {
        const LettersConfig& wanted = look_.world.config.letters;
        successions();
        if (wanted.weekly) weekly_report();
        for (const Staffer& staffer : look_.world.team.staffers()) {
            if (!may_disturb(look_, staffer)) continue;
            if (wanted.digest) digest_of(staffer);
            if (wanted.rhythm) reminders_of(staffer);
        }
        return std::move(letters_);
    }

private:
    bool full() const { return letters_.size() >= most_letters; }

    /// Whether the letter of that id is still to be made.
    bool is_new(const std::string& id) {
        if (full() || looked_.settled.contains(id)) return false;
        if (!look_.lookup.decided(id)) return true;
        looked_.settled.insert(id);
        return false;
    }

    void settle(const std::string& id, std::optional<SendLetter> letter) {
        looked_.settled.insert(id);
        if (letter) letters_.push_back(std::move(*letter));
    }

    /// In the lead's working hours; without a lead, at any time, to the channel.
    void successions() {
        if (look_.now < looked_.leavers_next) return;
        const Staffer* lead = look_.world.team.lead(look_.now);
        if (lead && !may_disturb(look_, *lead)) return;
        looked_.leavers_next = look_.now + leavers_pause;
        for (const Leaver& leaver : leavers(look_)) {
            const std::string id = succession_id(leaver);
            if (!is_new(id)) continue;
            // People may become theirs later (an import), so nothing is settled before there was something.
            if (auto letter = succession_letter(look_, leaver)) settle(id, std::move(letter));
        }
    }

    void weekly_report() {
        const Staffer* keeper = week_keeper(look_);
        const auto begins = keeper ? week_begins(*keeper, look_.now) : std::nullopt;
        if (!begins) return;
        const std::string id = weekly_id(*keeper, *begins);
        if (is_new(id)) settle(id, weekly(look_, *keeper, *begins));
    }

    void digest_of(const Staffer& staffer) {
        const auto morning = morning_of(staffer, look_.now);
        if (!morning) return;
        const std::string id = digest_id(staffer, *morning);
        if (is_new(id)) settle(id, digest(look_, staffer, *morning));
    }

    void reminders_of(const Staffer& staffer) {
        Time& next = looked_.touch_next[staffer.name];
        if (full() || look_.now < next) return;
        next = look_.now + touch_pause;
        for (const Silent& silent : losing_touch(look_, staffer, Depth::close)) {
            if (!may_remind(look_, silent)) continue;
            const std::string id = reminder_id(silent);
            if (is_new(id)) settle(id, reminder(look_, staffer, silent));
            if (full()) next = look_.now;  // the rest is looked for at the next look
        }
    }

    Look& look_;
    Looked& looked_;
    std::vector<SendLetter> letters_{};
};

}  // namespace

std::vector<SendLetter> due_letters(Look& look, Looked& looked) {
    return Due{look, looked}.take();
}

}  // namespace rapport::letters
