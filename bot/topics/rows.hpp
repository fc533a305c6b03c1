#pragma once

// Texts as rows of words, and rows reduced to a few numbers.

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace rapport::topics {

struct Cell {
    std::uint32_t column = 0;
    float value = 0;
};
using Row = std::vector<Cell>;

struct Rows {
    std::vector<Row> all{};            ///< Of each text, by column.
    std::vector<double> texts{};       ///< Of each column: how many texts have it.
    std::vector<std::string> words{};  ///< Of each column: the word or pair as it was first seen.
};

/// Stems count 1, pairs of neighbours half as much; what fewer than three texts have is left out.
Rows rows_of(std::span<const std::string> texts);

/// Each row in `dimensions` numbers, with length 1 (or 0): the directions in which the rows differ most.
std::vector<std::vector<float>> reduced(const Rows& rows, std::size_t dimensions, std::mt19937& random);

}  // namespace rapport::topics
