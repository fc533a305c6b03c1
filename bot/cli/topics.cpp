// `rapport topics`: what each message is about.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <istream>
#include <iterator>
#include <optional>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/files.hpp"
#include "bot/cli/json_lines.hpp"
#include "bot/store_office.hpp"
#include "bot/topics/clusters.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

/// So many are held at a time when groups are looked for.
constexpr std::size_t most_grouped = 1'000'000;

double three_places(double value) {
    constexpr double places = 1000;
    return std::round(value * places) / places;
}

json::array strings(const std::vector<std::string>& all) {
    return json::array(all.begin(), all.end());
}

/// One line and what it says.
struct MessageLine {
    std::string line{};
    json::object object{};  ///< Empty: nothing is added to the line.
    std::string text{};
};

class FindingTopics {
public:
    FindingTopics(const Context& context, const TopicsCommand& options, std::istream& in, std::string name)
        : options_(options), terminal_(context.terminal), in_(in), name_(std::move(name)) {
        if (!options.model.empty()) {
            std::ifstream file = opened(options.model);
            own_weights_ = must(topics::from_json(std::string{std::istreambuf_iterator<char>{file}, {}}));
        }
        if (!options.vocabulary.empty()) read_vocabulary();
        if (!options.examples.empty()) {
            std::ifstream file = opened(options.examples);
            const auto examples = must(topics::read_examples(file, options.examples.string()));
            classifier_.emplace(examples, options.seed, options.least_score);
        }
        phrases_.emplace(own_weights_ ? *own_weights_ : topics::shipped_weights(), &vocabulary_);
    }

    /// How many lines are broken.
    std::size_t run() {
        std::vector<MessageLine> kept;
        for (MessageLine message; next(message);) {
            if (options_.clusters == 0) {
                write(message, about(message));
                continue;
            }
            if (kept.size() == most_grouped)
                throw Stop(
                    Exit::failed,
                    fmt::format("{} has more than {} lines: groups of so many are not looked for. Divide "
                                "the file, or leave --clusters out.",
                                name_, most_grouped));
            kept.push_back(std::move(message));
        }
        if (options_.clusters > 0) write_grouped(kept);
        terminal_.out.flush();
        if (in_.bad()) throw Stop(Exit::failed, fmt::format("{} could not be read to its end.", name_));
        if (!terminal_.out) throw Stop(Exit::failed, "What was found could not be written.");
        return broken_;
    }

private:
    /// "name" or "name: spelling, spelling" a line.
    void read_vocabulary() {
        std::ifstream file = opened(options_.vocabulary);
        std::size_t number = 0;
        for (std::string line; std::getline(file, line);) {
            ++number;
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            const std::size_t colon = line.find(": ");
            const std::string name = line.substr(0, std::min(colon, line.find_last_not_of(" \t\r") + 1));
            bool fine = vocabulary_.add(name);
            for (std::size_t at = colon; at != std::string::npos;) {
                const std::size_t end = line.find(',', ++at);
                fine =
                    vocabulary_.add(line.substr(at, end == std::string::npos ? end : end - at), name) && fine;
                at = end;
            }
            if (!fine)
                throw Stop(
                    Exit::failed,
                    fmt::format("{}:{}: a phrase has one to {} words, and there are at most {} of them.",
                                options_.vocabulary.string(), number, topics::Vocabulary::most_words,
                                topics::Vocabulary::most_phrases));
        }
    }

    /// False: there are no more lines.
    bool next(MessageLine& into) {
        into = {};
        if (!std::getline(in_, into.line)) return false;
        ++number_;
        if (into.line.find_first_not_of(" \t\r") == std::string::npos) return true;
        const std::string_view wrong = parse(into);
        if (wrong.empty()) return true;
        ++broken_;
        into.object.clear();
        terminal_.err << fmt::format("{}:{}: {}; the line is passed on as it is.\n", name_, number_, wrong);
        return true;
    }

    /// What is wrong with the line.
    static std::string_view parse(MessageLine& message) {
        if (message.line.size() > most_bytes_of_line) return "it is longer than a message can be";
        boost::system::error_code error;
        const json::value value = json::parse(message.line, error);
        if (error || !value.is_object()) return "this is no JSON object";
        const json::value* text = value.get_object().if_contains("text");
        if (!text || !text->is_string()) return "there is no \"text\"";
        message.text = text->get_string();
        message.object = value.get_object();
        return {};
    }

    /// What can be said of a message by itself. The community's words are counted as its messages come.
    json::object about(const MessageLine& message) {
        constexpr std::size_t most_phrases = 5;
        if (message.object.empty()) return {};
        usage_.add(message.text);
        json::array phrases;
        for (const topics::Phrase& one : phrases_->find(message.text, most_phrases, &usage_))
            phrases.emplace_back(one.text);
        json::object fields{{"topics", std::move(phrases)}};
        if (!classifier_) return fields;
        const topics::Prediction found = classifier_->predict(message.text);
        fields["topic"] = nullptr;
        if (!found.topic.empty()) fields["topic"] = json::string_view{found.topic.data(), found.topic.size()};
        fields["topic_score"] = three_places(found.score);
        return fields;
    }

    void write_grouped(const std::vector<MessageLine>& messages) {
        std::vector<std::string> texts;
        for (const MessageLine& one : messages)
            if (!one.object.empty()) texts.push_back(one.text);
        const topics::Clusters groups = topics::cluster(texts, options_.clusters, options_.seed);
        std::size_t at = 0;
        for (const MessageLine& one : messages) {
            json::object fields = about(one);
            if (!one.object.empty()) {
                const std::size_t group = groups.group[at++];
                fields["cluster"] = group;
                fields["cluster_names"] = strings(groups.names[group]);
            }
            write(one, std::move(fields));
        }
    }

    void write(const MessageLine& message, json::object fields) {
        terminal_.out << (fields.empty() ? message.line
                                         : with_fields(message.line, message.object, std::move(fields)))
                      << "\n";
    }

    const TopicsCommand& options_;
    const Terminal& terminal_;
    std::istream& in_;
    std::string name_;
    topics::Vocabulary vocabulary_{};
    std::optional<topics::Weights> own_weights_{};
    std::optional<topics::KeyPhrases> phrases_{};
    std::optional<topics::Classifier> classifier_{};
    topics::Usage usage_{};
    std::size_t number_ = 0, broken_ = 0;
};

}  // namespace

int find_topics(const Context& context, const TopicsCommand& options) {
    std::ifstream file;
    if (!options.messages.empty()) file = opened(options.messages);
    FindingTopics finding{context, options, options.messages.empty() ? context.terminal.in : file,
                          options.messages.empty() ? "standard input" : options.messages.string()};
    return int(finding.run() == 0 ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
