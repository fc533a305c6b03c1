#include "bot/links/linker.hpp"

namespace rapport::links {

Linker::Linker(const Model& model, std::size_t channels)
    : model_(model), channels_(channels), chooser_(model) {}

Link Linker::next(const Message& message) {
    Channel& channel = channels_[message.channel];
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
