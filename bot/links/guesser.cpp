#include "bot/links/guesser.hpp"

#include <algorithm>
#include <boost/functional/hash.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bot/links/chooser.hpp"
#include "bot/links/last_used.hpp"

namespace rapport::links {

namespace {

/// What a message is before anybody says where it belongs.
std::size_t arrival_of(const Placed& placed) {
    std::size_t seed = std::hash<std::string_view>{}(placed.text);
    boost::hash_combine(seed, std::hash<std::string_view>{}(placed.author));
    boost::hash_combine(seed, placed.at);
    return seed;
}

std::size_t mark_of(const Placed& placed) {
    std::size_t seed = arrival_of(placed);
    boost::hash_combine(seed, placed.id);
    boost::hash_combine(seed, placed.parent);
    return seed;
}

/// What was made of a channel's messages.
class Memory {
public:
    Said arrive(const Placed& placed, const Vocabulary& vocabulary) {
        Message message;
        message.id = std::to_string(placed.id);
        message.author = placed.author;
        message.text = placed.text;
        message.at = placed.at;
        return *channel_.arrive(message, vocabulary);
    }

    /// Keeps `earlier`, of which it has the beginning or nothing. `now`: the arrival of what comes next.
    void keep(std::span<const Placed> earlier, std::size_t now, const Model& model) {
        if (!continues(earlier, now)) *this = Memory{};
        for (const Placed& one : earlier.subspan(marks_.size())) {
            Said said = arrive(one, model.vocabulary);
            read_as_candidate(model, said);
            const std::optional<Number> parent =
                one.parent == 0 ? std::nullopt : channel_.find(std::to_string(one.parent));
            channel_.keep(std::move(said), parent);
            marks_.push_back(mark_of(one));
        }
        arrived_ = now;
    }
    const Channel& channel() const { return channel_; }

private:
    /// A channel remembers even the author of what only arrived: so that must be what was kept next.
    bool continues(std::span<const Placed> earlier, std::size_t now) const {
        if (marks_.size() > earlier.size()) return false;
        if (!std::equal(marks_.begin(), marks_.end(), earlier.begin(),
                        [](std::size_t mark, const Placed& one) { return mark == mark_of(one); }))
            return false;
        return arrived_ == (marks_.size() < earlier.size() ? arrival_of(earlier[marks_.size()]) : now);
    }

    Channel channel_{};
    std::vector<std::size_t> marks_{};  ///< Of what is kept.
    std::size_t arrived_ = 0;           ///< Of what arrived last.
};

}  // namespace

struct Guesser::Inside {
    const Model& the_model() {
        if (!model) model = &shipped_model();
        if (!chooser) chooser.emplace(*model);
        return *model;
    }

    std::mutex mutex{};
    const Model* model = nullptr;
    std::optional<Chooser> chooser{};
    LastUsed<std::int64_t, Memory> channels{most_channels};
};

Guesser::Guesser(const Model* model) : inside_(std::make_unique<Inside>()) {
    inside_->model = model;
}

Guesser::~Guesser() = default;

Guess Guesser::guess(std::int64_t channel, std::span<const Placed> earlier, const Placed& now) const {
    const std::lock_guard lock{inside_->mutex};
    const Model& model = inside_->the_model();
    Memory& memory = inside_->channels[channel];
    memory.keep(earlier, arrival_of(now), model);
    const Said said = memory.arrive(now, model.vocabulary);
    const Chooser::Choice choice = inside_->chooser->choose(memory.channel(), said);
    if (!choice.parent) return {0, choice.confidence};
    return {std::stoll(memory.channel()[*choice.parent].id), choice.confidence};
}

}  // namespace rapport::links
