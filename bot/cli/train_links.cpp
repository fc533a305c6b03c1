#include "bot/cli/trainings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "adapters/replay/line_reader.hpp"
#include "bot/cli/text.hpp"
#include "bot/links/measure.hpp"
#include "bot/links/read_message.hpp"
#include "bot/links/train.hpp"
#include "bot/store_office.hpp"

namespace rapport::cli {

namespace {

using links::Dialogue;

/// The files of irc_reply by what they are for.
struct AnnotatedChannels {
    std::vector<Dialogue> learned{};   ///< Files named *_train.
    std::vector<Dialogue> held_out{};  ///< Files named *_dev.
    std::vector<Dialogue> halved{};    ///< The others: small, so each half is tried on what the other taught.
};

std::vector<Dialogue> read_dialogues(const std::filesystem::path& path) {
    auto reader = must(replay::LineReader::open(path, links::longest_line));
    links::ReadMarked read{path.string()};
    for (;;) {
        const auto line = must(reader.next());
        if (!line) return read.done();
        if (line->too_long)
            throw Stop(Exit::failed, fmt::format("{}: a line is longer than {} bytes.", path.string(),
                                                 links::longest_line));
        must(read.add(line->text));
    }
}

AnnotatedChannels read_channels(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        files.push_back(entry.path());
    if (error)
        throw Stop(Exit::failed, fmt::format("The folder {} cannot be read: {}. It holds annotated channels.",
                                             folder.string(), error.message()));
    std::sort(files.begin(), files.end());
    AnnotatedChannels channels;
    for (const auto& file : files) {
        const std::string name = file.filename().string();
        if (!name.ends_with(".jsonl") && !name.ends_with(".jsonl.gz")) continue;
        auto& into = name.find("_train.") != std::string::npos ? channels.learned
                     : name.find("_dev.") != std::string::npos ? channels.held_out
                                                               : channels.halved;
        std::ranges::move(read_dialogues(file), std::back_inserter(into));
    }
    if (channels.learned.empty() && channels.halved.empty())
        throw Stop(Exit::failed,
                   fmt::format("There is no annotated channel (*.jsonl) in {}.", folder.string()));
    return channels;
}

/// The dialogue with the annotations of one half of its annotated lines alone.
Dialogue half_of(Dialogue dialogue, bool second) {
    const auto annotated = [](const links::Marked& line) { return !line.parents.empty(); };
    const auto all = std::count_if(dialogue.lines.begin(), dialogue.lines.end(), annotated);
    std::ptrdiff_t seen = 0;
    for (links::Marked& line : dialogue.lines)
        if (annotated(line) && (2 * seen++ >= all) != second) line.parents.clear();
    return dialogue;
}

std::vector<std::string> row(std::string_view channel, std::string_view unseen,
                             const links::Measured& measured) {
    return {fmt::format("  {}", channel),
            std::string{unseen},
            std::to_string(measured.links.said),
            fmt::format("{:.4f}", measured.links.f()),
            fmt::format("{:.4f}", measured.exact.f()),
            fmt::format("{:.4f}", measured.pairs.f())};
}

std::string channel_of(std::span<const Dialogue> dialogues) {
    return dialogues.empty() || dialogues.front().lines.empty()
               ? "-"
               : dialogues.front().lines.front().message.channel;
}

/// Learns twice, each time with another half of the small channels; tries what it has not seen.
std::string validation(const AnnotatedChannels& channels, const links::Training& settings) {
    std::vector<std::vector<std::string>> rows{
        {"  CHANNEL", "UNSEEN", "MESSAGES", "LINKS F", "EXACT F", "PAIRS F"}};
    std::vector<links::Measured> halves(channels.halved.size());
    for (const bool second : {false, true}) {
        std::vector<Dialogue> seen = channels.learned;
        for (const Dialogue& one : channels.halved) seen.push_back(half_of(one, second));
        const links::Model model = links::train(seen, settings);
        if (!channels.held_out.empty())
            rows.push_back(row(channel_of(channels.held_out),
                               second ? "whole days, second training" : "whole days, first training",
                               links::measure(channels.held_out, model)));
        for (std::size_t i = 0; i < halves.size(); ++i) {
            const Dialogue unseen = half_of(channels.halved[i], !second);
            halves[i] += links::measure(unseen, links::find_links(unseen, model));
        }
    }
    double mean = 0;
    for (std::size_t i = 0; i < halves.size(); ++i) {
        rows.push_back(
            row(channel_of(std::span{&channels.halved[i], 1}), "each half, from the other", halves[i]));
        mean += halves[i].links.f() / double(halves.size());
    }
    if (!halves.empty()) rows.push_back({"  mean of these", "", "", fmt::format("{:.4f}", mean), "", ""});
    return table(rows);
}

std::size_t annotated_lines(std::span<const Dialogue> dialogues) {
    std::size_t lines = 0;
    for (const Dialogue& one : dialogues)
        for (const links::Marked& line : one.lines) lines += line.parents.empty() ? 0 : 1;
    return lines;
}

}  // namespace

void train_links(std::ostream& out, const TrainCommand& options) {
    const AnnotatedChannels channels = read_channels(options.data / "irc_reply");
    std::vector<Dialogue> all = channels.learned;
    std::ranges::copy(channels.halved, std::back_inserter(all));
    std::ranges::copy(channels.held_out, std::back_inserter(all));
    out << fmt::format("links: {}, {} with a parent\n", counted(all.size(), "dialogue"),
                       counted(annotated_lines(all), "message"))
        << "  On messages whose links it has not seen:\n"
        << std::flush;
    links::Training settings;
    settings.seed = options.seed;
    out << validation(channels, settings) << std::flush;
    links::Model model = links::train(all, settings);
    model.provenance =
        "Annotated IRC channels: irc-disentanglement (Kummerfeld et al., ACL 2019), and the channels of its "
        "successors (ALTA 2023), CC BY 4.0. Made by \"rapport train\".";
    must(replace_file(options.into / "links.json", links::to_json(model)));
}

}  // namespace rapport::cli
