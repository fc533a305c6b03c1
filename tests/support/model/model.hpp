#pragma once

// The smallest world in which everything can happen to an alert: one person and another who waits in the same
// conversation, two staffers who always work, the brand's account, one channel, a rule that is urgent and one
// that is not. The real engine decides; nothing is stored, for a state is a value here.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/pipeline/engine.hpp"

namespace rapport::test {

/// Something that somebody can do in the model; for each event of the life cycle at least one.
struct Move {
    std::string_view name;
    enum class Kind : std::uint8_t {
        time_passes,          ///< To the next timer.
        person_asks,          ///< `text`, or a question.
        another_asks,         ///< `text`, or a question, in the person's conversation.
        another_is_answered,  ///< By `who`.
        another_deletes,      ///< Their last words.
        person_edits,         ///< `text` in place of their last words.
        person_deletes,       ///< Their last words.
        person_erased,
        person_is_bot,
        staff_answers,
        staff_nearby,
        staff_by_app,
        brand_answers,
        answer_deleted,  ///< The last one of `who`.
        press,           ///< `text` is the button, `choice` its choice.
        colleague_asks,
        staffer_leaves,  ///< The owner.
    } kind;
    std::string_view who{};
    std::string_view text{};
    std::string_view choice{};
    bool core = false;   ///< One of those that most of a life is made of.
    bool other = false;  ///< Somebody else's, and what is urgent: also searched apart.
};

/// All moves, in a fixed order.
const std::vector<Move>& moves();

/// One state of the model.
struct Position {
    State state{};
    bool owner_left = false;
    std::vector<std::string> said{};        ///< The person's messages that stand, oldest first.
    std::vector<std::string> other_said{};  ///< The other's messages that stand, oldest first.
    std::vector<std::pair<std::string, std::string>> answers{};  ///< Who of the team, id; that stand.
    /// What of the other's was answered by which message of the team's; by none if that was deleted too late
    /// to change anything.
    std::vector<std::pair<std::string, std::string>> other_answered{};
    int next_id = 1;

    /// The newest alert; null before the first.
    const AlertRow* newest() const;
    /// By an answer that stands.
    bool other_is_answered(const std::string& native) const;
    /// Alerts that are not closed.
    std::vector<const AlertRow*> open() const;
};

class Model {
public:
    Model();
    /// The person has asked, and the owner is asked.
    Position start() const;
    /// Makes the move; false, and nothing changes, if it cannot be made here.
    bool make(const Move& move, Position& position) const;
    /// What decides how it goes on, as text: two positions with the same have the same futures. Times are
    /// to the second and from now on; ids are by order.
    std::string essence(const Position& position) const;
    /// What must hold, as a sentence of what does not; empty if all is well. `before` and `move`: how it
    /// came.
    std::string mistake(const Position& before, const Move& move, const Position& after) const;
    const World& world(const Position& position) const;

private:
    bool put(decltype(Input::what) what, Position& position) const;
    std::shared_ptr<const World> whole_;
    std::shared_ptr<const World> without_owner_;
};

}  // namespace rapport::test
