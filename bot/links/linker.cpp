#include "bot/links/linker.hpp"

#include <algorithm>

namespace rapport::links {

Linker::Linker(const Model& model, std::size_t channels)
    : model_(model), most_(std::max<std::size_t>(1, channels)), chooser_(model) {}

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
        const Chooser::Choice choice = chooser_.choose(channel, *said);
        parent = choice.parent;
        link = {parent ? channel[*parent].id : said->id, !parent, choice.confidence};
    }
    read_as_candidate(model_, *said);
    channel.keep(std::move(*said), parent);
    return link;
}

}  // namespace rapport::links
