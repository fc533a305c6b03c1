#pragma once

// The parts of `rapport train`: one for each model. Each prints how good it is for what it has not seen and
// writes its file of config/models; each throws Stop where its data cannot be read.

#include <iosfwd>

#include "bot/cli/commands.hpp"

namespace rapport::cli {

/// data/identity -> identities.json
void train_identities(std::ostream& out, const TrainCommand& options);
/// data/irc_reply -> links.json
void train_links(std::ostream& out, const TrainCommand& options);
/// data/goemotions, spam_sms, sentiment_vader, sentiment_se, needs_reply, irc_reply -> reading.json
void train_reading(std::ostream& out, const TrainCommand& options);

/// data/topics_so, with goemotions, email_intent, spam_sms, irc_reply for ordinary talk -> topics.json
void train_topics(std::ostream& out, const TrainCommand& options);

}  // namespace rapport::cli
