#pragma once

// What speaks for each message of the window being the parent of the next one, and for there being none.
//
// Most of it follows what Kummerfeld et al. (ACL 2019) found to work: distance, time, who names whom, words
// in common. What the linker itself has decided before is the rest: whose conversation it is, who was
// answered.

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "bot/links/channel.hpp"
#include "bot/links/cue_groups.hpp"

namespace rapport::links {

/// Rows of the model, in a list without an allocation of its own.
template <std::size_t most>
struct Rows {
    std::array<std::uint16_t, most> row{};
    std::size_t count = 0;

    void add(int one) { row[count++] = std::uint16_t(one); }
    void clear() { count = 0; }
    auto begin() const { return row.begin(); }
    auto end() const { return row.begin() + std::ptrdiff_t(count); }
};

struct Candidate {
    Number number = never;
    Rows<44> rows{};
};

struct Cues {
    Rows<20> answering{};  ///< Shared by all candidates.
    Rows<24> starting{};
    std::vector<Candidate> candidates{};  ///< The latest first.
};

/// Keeps its tables between messages, to spare allocations; no message's cues depend on another's.
class CueFinder {
public:
    void find(const Channel& channel, const Said& said, Cues& into);

private:
    /// About the message; what every candidate is compared with.
    struct Now {
        const Channel& channel;
        const Said& said;
        const Author& me;
        AuthorSlot target = nobody;
        int address = 0;
        int own_distance = 0, own_time = 0;
        bool last_held = false;  ///< The author's last message is in the window.
        bool called = false;
        int bot = 0;
        Number best = never;  ///< With which message it shares most.
    };
    /// What was said after the candidate, of one author or in one conversation.
    struct Since {
        std::uint32_t round = 0;
        int said = 0;
        int turned = 0;  ///< 1: named me; 2: somebody else, 3: at the beginning. 0: nobody.
    };

    void count_overlaps(Now& now, Cues& into);
    void about_message(const Now& now, Cues& into) const;
    void about_start(const Now& now, Cues& into) const;
    void about_candidate(const Now& now, const Said& other, Candidate& into);
    void about_distance(const Now& now, const Said& other, int relation, Candidate& into);
    void about_conversation(const Now& now, const Said& other, Candidate& into);
    void about_words(const Now& now, const Said& other, int relation_to, Candidate& into);
    void pass(const Said& other, const Now& now);
    Since& of_author(AuthorSlot slot);
    Since& of_conversation(ConversationSlot slot);

    std::uint32_t round_ = 0;
    std::vector<Since> authors_ = std::vector<Since>(Authors::most_authors);
    std::vector<Since> conversations_ = std::vector<Since>(window);
    int authors_since_ = 0, conversations_since_ = 0, mine_since_ = 0;
    std::array<float, window> overlap_{};               ///< By place in the ring.
    std::array<bool, window> same_number_{};            ///< The same.
    std::array<float, window> conversation_overlap_{};  ///< By conversation.
    std::array<int, Authors::most_authors> history_{};
    std::vector<float> weights_;
    bool any_number_ = false;
    float most_overlap_ = 0, all_telling_ = 0;
};

}  // namespace rapport::links
