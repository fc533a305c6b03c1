#include "bot/links/train.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <utility>

#include "bot/links/adam.hpp"
#include "bot/links/count_words.hpp"
#include "bot/links/lessons.hpp"
#include "bot/links/scorer.hpp"

namespace rapport::links {

namespace {

/// Of 1000 messages, after so many the right link is gone on from: in the first round, and later.
constexpr std::uint32_t right_at_first = 800, right_later = 200;
/// From this share of the training on the weights are averaged, ...
constexpr double averaged_from = 0.3;
/// ... every so many steps, by so much.
constexpr int average_every = 8;
constexpr float average_by = 0.02F;
/// Steps become smaller in the second half, down to this share of the first.
constexpr double least_rate = 0.03;
/// Less of a gradient is nothing.
constexpr double nothing = 2e-4;

/// Between -`most` and `most`, in steps that are the same everywhere.
float small_number(std::mt19937& random, float most) {
    constexpr std::uint32_t steps = 10000;
    return most * (float(random() % (2 * steps + 1)) / float(steps) - 1);
}

Part first_part(const Vocabulary& vocabulary, std::mt19937& random) {
    Part part;
    part.rows.resize(std::size_t(row_count(vocabulary)));
    for (std::size_t row = 0; row < part.rows.size(); ++row) {
        for (float& weight : part.rows[row])
            weight = small_number(random, row < std::size_t(cue::rows) ? 0.15F : 0.05F);
        part.rows[row][width - 1] = 0;
    }
    for (float& weight : part.out) weight = small_number(random, 0.5F);
    part.out[width - 1] = 1;
    return part;
}

/// A dialogue that is being read.
struct Reading {
    Lesson lesson{};
    std::size_t at = 0;
    Channel channel{};
    std::vector<std::optional<Number>> numbers{};  ///< Of its lines, as the channel counts.
};

class Teacher {
public:
    Teacher(Model& model, const Training& settings, std::uint32_t seed)
        : model_(model),
          settings_(settings),
          random_(seed),
          adam_(std::size_t(row_count(model.vocabulary)), std::size_t(cue::rows)) {
        model_.parts = {first_part(model.vocabulary, random_)};
        average_ = model_.parts.front();
    }

    Part teach(std::vector<Lesson> lessons) {
        for (const Lesson& one : lessons)
            lines_ += one.dialogue->lines.size() * std::size_t(settings_.rounds);
        for (round_ = 0; round_ < settings_.rounds; ++round_) {
            for (std::size_t i = lessons.size(); i > 1; --i)
                std::swap(lessons[i - 1], lessons[random_() % i]);
            read_all(lessons);
        }
        return averaging_ ? average_ : part();
    }

private:
    void read_all(const std::vector<Lesson>& lessons);
    bool read_next(Reading& reading);
    /// Whether there was something to learn; `right` is the parent to go on from, if it is known.
    bool correct(const Marked& line, std::size_t index, const Reading& reading, std::optional<Number>& right);
    void add_gradients(const Said& said, const Channel& channel, float weight);
    void add_word_gradients(WordRole role, const std::vector<int>& learned, const Inner& slope);
    void step();

    Part& part() { return model_.parts.front(); }

    Model& model_;
    const Training& settings_;
    std::mt19937 random_;
    Adam adam_;
    Part average_;
    bool averaging_ = false;
    int round_ = 0, steps_ = 0;
    std::size_t lines_ = 0, read_ = 0;
    CueFinder finder_;
    Scorer scorer_;
    Cues cues_;
    std::vector<float> scores_;
    std::vector<char> is_right_;
    std::vector<double> shares_;
};

void Teacher::read_all(const std::vector<Lesson>& lessons) {
    std::vector<std::unique_ptr<Reading>> side_by_side(std::size_t(settings_.side_by_side));
    std::size_t next = 0;
    for (bool any = true; any;) {
        any = false;
        bool learned = false;
        for (auto& reading : side_by_side) {
            if (reading && reading->at == reading->lesson.dialogue->lines.size()) reading.reset();
            if (!reading && next < lessons.size()) {
                reading = std::make_unique<Reading>();
                reading->lesson = lessons[next++];
            }
            if (!reading || reading->at == reading->lesson.dialogue->lines.size()) continue;
            any = true;
            learned |= read_next(*reading);
        }
        if (learned) step();
        any |= next < lessons.size();
    }
}

bool Teacher::read_next(Reading& reading) {
    const std::size_t index = reading.at++;
    const Marked& line = reading.lesson.dialogue->lines[index];
    ++read_;
    Channel& channel = reading.channel;
    std::optional<Said> said = channel.arrive(line.message, model_.vocabulary);
    reading.numbers.push_back(said ? std::optional{said->number} : std::nullopt);
    if (!said) return false;
    finder_.find(channel, *said, cues_);
    scores_.assign(cues_.candidates.size() + 1, 0);
    scorer_.add_scores(part(), 0, model_.vocabulary, channel, *said, cues_, scores_);
    const auto best = std::max_element(scores_.begin(), scores_.end()) - scores_.begin();
    std::optional<Number> parent;
    if (best > 0) parent = cues_.candidates[std::size_t(best) - 1].number;
    std::optional<Number> right;
    const bool learned = correct(line, index, reading, right);
    if (learned) {
        add_gradients(*said, channel, reading.lesson.weight);
        if (random_() % 1000 < (round_ == 0 ? right_at_first : right_later)) parent = right;
    }
    read_as_candidate(model_, *said);
    channel.keep(std::move(*said), parent);
    return learned;
}

bool Teacher::correct(const Marked& line, std::size_t index, const Reading& reading,
                      std::optional<Number>& right) {
    is_right_.assign(scores_.size(), 0);
    bool any = false;
    for (const std::size_t parent : line.parents) {
        if (parent == index) {
            is_right_[0] = 1;
            any = true;
            continue;
        }
        if (parent > index || !reading.numbers[parent]) continue;
        for (std::size_t i = 0; i < cues_.candidates.size(); ++i) {
            if (cues_.candidates[i].number != *reading.numbers[parent]) continue;
            is_right_[i + 1] = 1;
            right = reading.numbers[parent];
            any = true;
        }
    }
    return any;
}

void Teacher::add_word_gradients(WordRole role, const std::vector<int>& learned, const Inner& slope) {
    const float weight = word_weight(learned.size());
    for (const int word : learned)
        add(adam_.row(std::size_t(word_row(model_.vocabulary, role, word))), slope, weight);
}

void Teacher::add_gradients(const Said& said, const Channel& channel, float weight) {
    const float best = *std::max_element(scores_.begin(), scores_.end());
    double all = 0, right = 0;
    shares_.clear();
    for (std::size_t i = 0; i < scores_.size(); ++i) {
        shares_.push_back(std::exp(double(scores_[i] - best)));
        all += shares_[i];
        right += is_right_[i] != 0 ? shares_[i] : 0;
    }
    if (right <= 0) return;
    Inner answering{};
    for (std::size_t i = 0; i < scores_.size(); ++i) {
        const double wrong = shares_[i] / all - (is_right_[i] != 0 ? shares_[i] / right : 0);
        if (std::abs(wrong) < nothing) continue;
        const float by = weight * float(wrong);
        const Inner& inner = scorer_.inner()[i];
        Inner slope{};
        for (std::size_t k = 0; k < width; ++k) {
            if (inner[k] <= 0 && k != width - 1) continue;
            adam_.out[k] += by * inner[k];
            slope[k] = by * part().out[k];
        }
        add(adam_.bias, slope);
        if (i == 0) {
            for (const std::uint16_t row : cues_.starting) add(adam_.row(row), slope);
            add_word_gradients(WordRole::starting, said.words.learned, slope);
            continue;
        }
        const Candidate& candidate = cues_.candidates[i - 1];
        add(answering, slope);
        for (const std::uint16_t row : candidate.rows) add(adam_.row(row), slope);
        add_word_gradients(WordRole::candidate, channel[candidate.number].words.learned, slope);
    }
    for (const std::uint16_t row : cues_.answering) add(adam_.row(row), answering);
    add_word_gradients(WordRole::answering, said.words.learned, answering);
}

void Teacher::step() {
    const double done = double(read_) / double(lines_);
    const double slower = done < 0.5 ? 1 : std::max(least_rate, (1 - done) / 0.5);
    adam_.step(part(), settings_.rate * float(slower), settings_.shrink);
    if (++steps_ % average_every != 0 || done < averaged_from) return;
    if (!std::exchange(averaging_, true)) average_ = part();
    const auto approach = [](Inner& average, const Inner& now) {
        for (std::size_t i = 0; i < width; ++i) average[i] += average_by * (now[i] - average[i]);
    };
    for (std::size_t row = 0; row < average_.rows.size(); ++row)
        approach(average_.rows[row], part().rows[row]);
    approach(average_.bias, part().bias);
    approach(average_.out, part().out);
}

}  // namespace

Model train(std::span<const Dialogue> dialogues, const Training& settings) {
    Model model;
    model.vocabulary = count_words(dialogues, settings.words);
    const Lessons lessons{dialogues, settings.copies, settings.seed};
    std::vector<Part> parts;
    for (int i = 0; i < settings.parts; ++i) {
        constexpr std::uint32_t apart = 7919;
        parts.push_back(
            Teacher{model, settings, settings.seed + std::uint32_t(i) * apart}.teach(lessons.all()));
    }
    model.parts = std::move(parts);
    return model;
}

}  // namespace rapport::links
