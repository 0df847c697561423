// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/tile_dataset.h"

#include "base/error.h"
#include "exchange/hdf5_stream.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::exchange {

using hdf5::RecordKind;

namespace {

/// 1 GiB of pixels: some 3300² of all six features.
constexpr std::uint64_t maxValues = std::uint64_t{1} << 28;
constexpr int maxTiles = 1'000'000;
constexpr const char* labels = "outlines";

std::vector<std::string> withMode(std::vector<std::string> features) {
    features.insert(features.begin(), "tiles");
    return features;
}

/// Rows × columns × bands, as TensorFlow has it, with the bands first.
Image<float> bandsFirst(const std::vector<std::uint64_t>& shape, const std::vector<float>& values) {
    const auto bands = shape.size() == 3 ? shape[2] : 1;
    Image<float> image(static_cast<int>(bands), static_cast<int>(shape[0]), static_cast<int>(shape[1]));
    const auto pixels = image.bandSize();
    for (std::uint64_t band = 0; band < bands; ++band) {
        float* to = image.band(static_cast<int>(band));
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            to[pixel] = values[pixel * bands + band];
        }
    }
    return image;
}

} // namespace

class TileDataset::Impl {
public:
    Impl(const std::filesystem::path& file, const std::filesystem::path& reader,
         const std::vector<std::string>& features, const Progress& progress, Hdf5Patience patience)
        : m_stream(file, reader, withMode(features)), m_features(features), m_progress(progress),
          m_patience(patience) {
        m_stream.allow(m_patience.seconds, 0);
        const auto record = m_stream.next(m_progress.stopToken());
        if (record.kind != RecordKind::Number || !(record.number >= 0 && record.number <= maxTiles)) {
            m_stream.refuse("it is no data set of tiles");
        }
        m_size = static_cast<int>(record.number);
        if (m_size == 0) {
            m_stream.refuse("there are no tiles in it; a tile is a group with rasters and outlines");
        }
    }

    int size() const { return m_size; }

    std::optional<DatasetTile> next() {
        m_progress.throwIfStopped();
        if (m_ended) {
            return std::nullopt;
        }
        m_stream.allow(m_patience.seconds, maxValues);
        const auto record = m_stream.next(m_progress.stopToken());
        if (record.kind == RecordKind::EndOfFile && m_given == m_size) {
            m_ended = true;
            return std::nullopt;
        }
        if (record.kind != RecordKind::Group || m_given == m_size) {
            m_stream.refuse("it is damaged: its tiles do not follow one another");
        }
        m_place = "the tile " + record.name;
        auto tile = read(record.name);
        check(tile);
        m_progress.report(static_cast<double>(++m_given) / m_size, "Reading tiles");
        return tile;
    }

private:
    DatasetTile read(const std::string& name) {
        DatasetTile tile;
        tile.name = name;
        std::map<std::string, double> numbers;
        for (;;) {
            const auto record = m_stream.next(m_progress.stopToken());
            if (record.kind == RecordKind::EndOfGroup) {
                break;
            }
            if (record.kind == RecordKind::Array) {
                keepRaster(tile, record);
            } else if (record.kind == RecordKind::Text) {
                (record.name == "region" ? tile.region : tile.subregion) = record.text;
            } else if (record.kind == RecordKind::Number && numbers.size() < 16) {
                numbers[record.name] = record.number;
            } else {
                m_stream.refuse(m_place + " is damaged");
            }
        }
        tile.paddingRows = wholeNumber(numbers, "padding_height");
        tile.paddingColumns = wholeNumber(numbers, "padding_width");
        tile.height = wholeNumber(numbers, "height");
        tile.width = wholeNumber(numbers, "width");
        const bool bounded = std::all_of(std::begin(edges), std::end(edges), [&](const char* edge) {
            const auto found = numbers.find(edge);
            return found != numbers.end() && std::isfinite(found->second);
        });
        if (bounded) {
            tile.bounds = {numbers["xmin"], numbers["xmax"], numbers["ymin"], numbers["ymax"]};
        }
        return tile;
    }

    void keepRaster(DatasetTile& tile, const Hdf5Stream::Record& record) {
        const auto& shape = record.shape;
        const bool fits = (shape.size() == 2 || shape.size() == 3) &&
                          std::all_of(shape.begin(), shape.end(), [](auto extent) {
                              return extent > 0 && extent <= std::numeric_limits<int>::max();
                          });
        if (!fits) {
            m_stream.refuse(m_place + " has a dataset " + record.name +
                            " that is no raster of rows, columns and bands");
        }
        auto image = bandsFirst(shape, m_stream.values(record, m_progress.stopToken()));
        if (record.name == labels) {
            tile.outlines = std::move(image);
        } else {
            tile.features[record.name] = std::move(image);
        }
    }

    int wholeNumber(const std::map<std::string, double>& numbers, const std::string& name) const {
        const auto found = numbers.find(name);
        if (found == numbers.end()) {
            return 0;
        }
        const double value = found->second;
        // Written so that a NaN fails.
        if (!(value >= 0 && value <= std::numeric_limits<int>::max() && value == std::floor(value))) {
            m_stream.refuse(m_place + " has an attribute " + name + " that is no number of pixels");
        }
        return static_cast<int>(value);
    }

    void check(const DatasetTile& tile) const {
        if (tile.region.empty()) {
            m_stream.refuse(m_place + " has no attribute region");
        }
        if (tile.outlines.empty()) {
            m_stream.refuse(m_place + " has no dataset outlines");
        }
        for (const auto& name : m_features) {
            if (!tile.features.contains(name)) {
                m_stream.refuse(m_place + " has no dataset " + name + ", which is needed");
            }
        }
        for (const auto& [name, image] : tile.features) {
            if (image.rows() != tile.rows() || image.columns() != tile.columns()) {
                m_stream.refuse(m_place + " has a dataset " + name + " of another size than its outlines");
            }
        }
        // Compared in 64 bits: twice the padding may be more than an int holds.
        if (std::int64_t{2} * tile.paddingRows >= tile.rows() ||
            std::int64_t{2} * tile.paddingColumns >= tile.columns()) {
            m_stream.refuse(m_place + " consists of nothing but padding");
        }
    }

    static constexpr const char* edges[] = {"xmin", "xmax", "ymin", "ymax"};

    Hdf5Stream m_stream;
    std::vector<std::string> m_features;
    Progress m_progress;
    Hdf5Patience m_patience;
    std::string m_place;
    int m_size = 0;
    int m_given = 0;
    bool m_ended = false;
};

TileDataset::TileDataset(const std::filesystem::path& file, const std::filesystem::path& reader,
                         const std::vector<std::string>& features, const Progress& progress,
                         Hdf5Patience patience)
    : m_impl(std::make_unique<Impl>(file, reader, features, progress, patience)) {}

TileDataset::~TileDataset() = default;

int TileDataset::size() const {
    return m_impl->size();
}

std::optional<DatasetTile> TileDataset::next() {
    return m_impl->next();
}

} // namespace nunatak::exchange
