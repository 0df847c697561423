// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace nunatak::comparison {

// What a pixel holds besides the number (from 1) of an outline.
inline constexpr std::int32_t noIce = 0;
inline constexpr std::int32_t notValid = -1;
inline constexpr std::int32_t newIce = -2; ///< model's ice that touches no expert glacier

/// Whether a pixel of the scene's grid can be compared.
enum class Validity : std::uint8_t {
    Valid,
    Gap,     ///< no data, enclosed by pixels that have some
    Outside, ///< no data or not computed, and so are the pixels from there to the grid's edge
};

/// Pixels side by side in a row that are alike.
struct Run {
    std::int32_t begin = 0; ///< column
    std::int32_t end = 0;   ///< not part of it
    std::int32_t expert = noIce;
    std::int32_t model = noIce;
    std::int32_t owner = noIce; ///< whose glacier the model's ice counts for; notValid where that is so
    Validity validity = Validity::Valid;

    /// As labels count: notValid hides what lies there.
    std::int32_t validExpert() const { return validity == Validity::Valid ? expert : notValid; }
};

/// Pixels of a part of an image; the end is not part of it.
struct PixelBox {
    int firstRow = 0;
    int firstColumn = 0;
    int endRow = 0;
    int endColumn = 0;
    bool empty() const { return endRow <= firstRow; }
    void include(int row, int begin, int end);
};

/// Labels of a strip of full rows: the pixels with data, and whose they are of both layers, from 1.
struct LabelledStrip {
    Image<std::uint8_t> hasData;
    Image<std::int32_t> expert;
    Image<std::int32_t> model;
};

/// All that is compared on a scene's grid, as runs of like pixels: what it takes grows with the length of
/// lines and not with the area of the scene. Pixels without ice that have data are in no run.
class IceRuns {
public:
    /// Takes the rows from north to south. `strip(first row)` gives some rows from there.
    /// Throws Cancelled, and what strip() throws.
    IceRuns(int rows, int columns, const std::function<LabelledStrip(int)>& strip, const Progress& progress);

    int rows() const { return static_cast<int>(m_firstOfRow.size()) - 1; }
    int columns() const { return m_columns; }
    /// From west to east; none for a row outside.
    std::span<const Run> row(int row) const;
    /// Writes label(run) of the pixels in columns [first, first + labels.size()) of a row, noIce between runs
    /// and notValid beyond the grid.
    void labelsOf(int row, int first, std::int32_t (*label)(const Run&),
                  std::span<std::int32_t> labels) const;

private:
    void append(const LabelledStrip& strip);
    void markGaps(const Progress& progress);
    void findOwners(const Progress& progress);

    std::vector<Run> m_runs;
    std::vector<std::size_t> m_firstOfRow; ///< and one past the last
    int m_columns = 0;
};

} // namespace nunatak::comparison
