#include "bot/links/linker.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::links {

Linker::Linker(const Model& model, std::size_t channels)
    : model_(model), most_(std::max<std::size_t>(1, channels)) {}

Channel& Linker::channel_of(const std::string& name) {
    if (const auto found = by_name_.find(name); found != by_name_.end()) {
        places_.splice(places_.begin(), places_, found->second);
        return places_.front().channel;
    }
    if (places_.size() >= most_) {
        by_name_.erase(places_.back().name);
        places_.pop_back();
    }
    places_.emplace_front().name = name;
    by_name_[name] = places_.begin();
    return places_.front().channel;
}

Link Linker::choose(const Channel& channel, const Said& said, std::optional<Number>& parent) {
    finder_.find(channel, said, cues_);
    scores_.assign(cues_.candidates.size() + 1, 0);
    for (std::size_t i = 0; i < model_.parts.size(); ++i)
        scorer_.add_scores(model_.parts[i], i, model_.vocabulary, channel, said, cues_, scores_);
    const auto best = std::max_element(scores_.begin(), scores_.end());
    double all = 0;
    for (const float score : scores_) all += std::exp(double(score - *best) / double(model_.parts.size()));
    if (best == scores_.begin()) return {said.id, true, 1 / all};
    parent = cues_.candidates[std::size_t(best - scores_.begin()) - 1].number;
    return {channel[*parent].id, false, 1 / all};
}

Link Linker::next(const Message& message) {
    Channel& channel = channel_of(message.channel);
    std::optional<Said> said = channel.arrive(message, model_.vocabulary);
    if (!said) return {message.id, true, 1};
    std::optional<Number> parent;
    Link link;
    if (!message.reply_to.empty() && message.reply_to != message.id) {
        link = {message.reply_to, false, 1};
        parent = channel.find(message.reply_to);
    } else {
        link = choose(channel, *said, parent);
    }
    read_as_candidate(model_, *said);
    channel.keep(std::move(*said), parent);
    return link;
}

}  // namespace rapport::links
