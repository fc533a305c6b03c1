#include "bot/topics/rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "bot/topics/terms.hpp"

namespace rapport::topics {

namespace {

using Matrix = std::vector<std::vector<float>>;

struct Column {
    std::uint32_t texts = 0;
    std::string word{};
};

/// The stems and pairs of one text. std::map: their order is part of the outcome.
class Seen {
public:
    explicit Seen(std::unordered_map<std::uint64_t, Column>& columns) : columns_(columns) {}

    std::map<std::uint64_t, float> of(const std::string& text) {
        constexpr float whole = 1, half = 0.5F;
        constexpr std::uint64_t pair = 7;
        std::map<std::uint64_t, float> found;
        const Terms terms = terms_of(text);
        for (std::size_t i = 0; i < terms.all.size(); ++i) {
            const Term& term = terms.all[i];
            if (!term.small) add(found, term.stem, whole, terms.folded_of(term), {});
            if (i + 1 == terms.all.size()) continue;
            const Term& next = terms.all[i + 1];
            add(found, joined(joined(pair, term.stem), next.stem), half, terms.folded_of(term),
                terms.folded_of(next));
        }
        return found;
    }

private:
    void add(std::map<std::uint64_t, float>& to, std::uint64_t hash, float value, std::string_view first,
             std::string_view second) {
        if (!to.emplace(hash, value).second) return;
        Column& column = columns_[hash];
        if (++column.texts > 1) return;
        column.word = first;
        if (!second.empty()) column.word.append(1, ' ').append(second);
    }

    std::unordered_map<std::uint64_t, Column>& columns_;
};

/// The rows weighed by how rare their words are, with length 1.
std::vector<Row> weighed(const Rows& rows) {
    std::vector<Row> all = rows.all;
    for (Row& row : all) {
        double squares = 0;
        for (Cell& cell : row) {
            cell.value *= float(std::log(double(all.size()) / rows.texts[cell.column]));
            squares += double(cell.value) * double(cell.value);
        }
        if (squares > 0)
            for (Cell& cell : row) cell.value /= float(std::sqrt(squares));
    }
    return all;
}

/// Makes the columns of `matrix` stand at right angles, with length 1 (Gram and Schmidt).
void straighten(Matrix& matrix, std::size_t columns) {
    for (std::size_t q = 0; q < columns; ++q) {
        for (std::size_t p = 0; p < q; ++p) {
            double along = 0;
            for (const auto& row : matrix) along += double(row[q]) * double(row[p]);
            for (auto& row : matrix) row[q] -= float(along) * row[p];
        }
        double squares = 1e-24;
        for (const auto& row : matrix) squares += double(row[q]) * double(row[q]);
        const float length = float(std::sqrt(squares));
        for (auto& row : matrix) row[q] /= length;
    }
}

}  // namespace

Rows rows_of(std::span<const std::string> texts) {
    constexpr std::uint32_t least_texts = 3;
    std::unordered_map<std::uint64_t, Column> columns;
    std::vector<std::map<std::uint64_t, float>> seen;
    Seen reader{columns};
    for (const std::string& text : texts) seen.push_back(reader.of(text));
    Rows rows;
    std::unordered_map<std::uint64_t, std::uint32_t> index;
    for (const auto& text : seen) {
        Row& row = rows.all.emplace_back();
        for (const auto& [hash, value] : text) {
            Column& column = columns.at(hash);
            if (column.texts < least_texts) continue;
            const auto [at, added] = index.emplace(hash, std::uint32_t(index.size()));
            if (added) {
                rows.texts.push_back(column.texts);
                rows.words.push_back(std::move(column.word));
            }
            row.push_back({at->second, value});
        }
        std::sort(row.begin(), row.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
    }
    return rows;
}

std::vector<std::vector<float>> reduced(const Rows& rows, std::size_t dimensions, std::mt19937& random) {
    constexpr int rounds = 4;
    const std::vector<Row> all = weighed(rows);
    Matrix words(rows.words.size(), std::vector<float>(dimensions)), texts;
    for (auto& word : words)
        for (float& value : word) value = (random() & 1U) != 0 ? 1.0F : -1.0F;
    for (int round = 0; round < rounds; ++round) {
        texts.assign(all.size(), std::vector<float>(dimensions));
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const Cell& cell : all[i])
                for (std::size_t q = 0; q < dimensions; ++q)
                    texts[i][q] += cell.value * words[cell.column][q];
        straighten(texts, dimensions);
        if (round + 1 == rounds) break;
        for (auto& word : words) std::fill(word.begin(), word.end(), 0.0F);
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const Cell& cell : all[i])
                for (std::size_t q = 0; q < dimensions; ++q)
                    words[cell.column][q] += cell.value * texts[i][q];
    }
    for (auto& text : texts) {
        double squares = 0;
        for (const float value : text) squares += double(value) * double(value);
        if (squares > 0)
            for (float& value : text) value /= float(std::sqrt(squares));
    }
    return texts;
}

}  // namespace rapport::topics
