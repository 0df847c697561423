// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/drape_baker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

constexpr Stretch ratioRange{0.5F, 4.0F}; // clean ice lies above about 2
constexpr Stretch differenceRange{-1, 1};
constexpr Stretch slopeRange{0, 60};

bool isIndex(DrapeKind kind) {
    return kind == DrapeKind::Ratio || kind == DrapeKind::NormalizedDifference;
}

/// Colours are zero where there are no data, see terrain.frag.
void setAlpha(std::vector<std::uint8_t>& picture, const std::vector<std::uint8_t>& data) {
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] == 0) {
            std::fill_n(picture.begin() + static_cast<std::ptrdiff_t>(i * 4), 4, std::uint8_t{0});
        } else {
            picture[i * 4 + 3] = 255;
        }
    }
}

std::uint8_t asByte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F) + 0.5F);
}

} // namespace

std::vector<std::uint8_t> dataPixels(const Image<std::uint16_t>& bands) {
    std::vector<std::uint8_t> data(bands.bandSize(), 1);
    for (int band = 0; band < bands.bands(); ++band) {
        const auto* values = bands.band(band);
        for (std::size_t i = 0; i < data.size(); ++i) {
            data[i] = values[i] != 0 ? data[i] : 0;
        }
    }
    return data;
}

std::vector<std::uint8_t> dataPixels(const TileData& tile) {
    const auto count =
        static_cast<std::size_t>(tile.pictureGrid.columns) * static_cast<std::size_t>(tile.pictureGrid.rows);
    if (tile.givenPicture.empty()) {
        return tile.bands.empty() ? std::vector<std::uint8_t>(count, 1) : dataPixels(tile.bands);
    }
    std::vector<std::uint8_t> data(count, 1);
    for (std::size_t i = 0; i < count; ++i) {
        data[i] = tile.givenPicture[i * 4 + 3] != 0 ? 1 : 0;
    }
    return data;
}

DrapeBaker::DrapeBaker(std::vector<BandSummary> bands, const DrapeStyle& style, Stretch elevations,
                       double trueNorth)
    : m_bands(style.stretchOf == StretchOf::Scene
                  ? std::move(bands)
                  : spreadAs(std::move(bands), style.composite.feature, style.viewStretch)),
      m_style(style), m_elevations(elevations),
      m_trueNorth(trueNorth), m_gridSun{style.sun.azimuth + trueNorth, style.sun.elevation},
      m_colors(colorMap(style.colorMap)), m_overlayColors(colorMap(style.overlay.colorMap)) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
        m_channels[channel] = indexOf(style.composite.bands[channel]);
    }
    if (style.kind == DrapeKind::Composite) {
        makeTables();
    }
}

void DrapeBaker::makeTables() {
    std::array<const BandSummary*, 3> bands{};
    std::array<Stretch, 3> shown;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        if (m_channels[channel] >= 0) {
            bands[channel] = &m_bands[static_cast<std::size_t>(m_channels[channel])];
            shown[channel] = m_style.stretch == StretchKind::Percentile ? bands[channel]->percentiles
                                                                        : bands[channel]->range;
        }
    }
    const auto power = static_cast<float>(brighteningExponent(bands, shown) / std::max(0.05, m_style.gamma));
    for (std::size_t channel = 0; channel < 3; ++channel) {
        if (bands[channel] == nullptr) {
            continue;
        }
        const auto& stored = bands[channel]->stored;
        const float step = (stored.high - stored.low) / 65534.0F;
        const float range = std::max(shown[channel].high - shown[channel].low, 1e-30F);
        auto& table = m_tables[channel];
        table.resize(65'536, 0);
        for (std::size_t i = 1; i < table.size(); ++i) {
            const float value = stored.low + static_cast<float>(i - 1) * step;
            const float share = std::clamp((value - shown[channel].low) / range, 0.0F, 1.0F);
            table[i] = asByte(255 * (power == 1 ? share : std::pow(share, power)));
        }
    }
}

PaintRules DrapeBaker::rules() const {
    PaintRules rules;
    rules.kind = m_style.kind;
    rules.trueNorth = static_cast<float>(m_trueNorth);
    rules.channels = m_channels;
    rules.tables = m_tables;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        if (m_channels[channel] >= 0) {
            rules.stored[channel] = m_bands[static_cast<std::size_t>(m_channels[channel])].stored;
        }
    }
    rules.range = range();
    rules.colors = m_colors;
    rules.usesGround = usesGround();
    rules.shading = shading();
    rules.lights = groundLights(m_gridSun, m_style.multidirectional);
    rules.contourInterval = static_cast<float>(m_style.contourInterval);
    rules.overlay = m_style.overlay;
    rules.overlayColors = m_overlayColors;
    return rules;
}

bool DrapeBaker::usesGround() const {
    return !m_style.showsBands() || m_style.shading > 0 || m_style.contourInterval > 0;
}

float DrapeBaker::shading() const {
    // A tint is lit softly, so that its colours can still be read.
    return static_cast<float>(m_style.showsBands()                   ? m_style.shading
                              : m_style.kind == DrapeKind::Hillshade ? 1.0
                                                                     : 0.5);
}

Stretch DrapeBaker::range() const {
    switch (m_style.kind) {
    case DrapeKind::Ratio:
        return ratioRange;
    case DrapeKind::NormalizedDifference:
        return differenceRange;
    case DrapeKind::Slope:
        return slopeRange;
    case DrapeKind::Elevation:
        return {m_elevations.low, std::max(m_elevations.high, m_elevations.low + 1)};
    default:
        return {};
    }
}

int DrapeBaker::indexOf(const std::string& band) const {
    for (std::size_t i = 0; i < m_bands.size(); ++i) {
        if (m_bands[i].name == band) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

float DrapeBaker::value(const Image<std::uint16_t>& bands, int band, std::size_t pixel) const {
    if (band < 0 || band >= bands.bands() || bands.band(band)[pixel] == 0) {
        return std::numeric_limits<float>::quiet_NaN();
    }
    const auto& stored = m_bands[static_cast<std::size_t>(band)].stored;
    return stored.low +
           static_cast<float>(bands.band(band)[pixel] - 1) * ((stored.high - stored.low) / 65534.0F);
}

void DrapeBaker::paintComposite(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const {
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const int band = m_channels[channel];
        if (band < 0 || band >= bands.bands()) {
            continue;
        }
        const auto* values = bands.band(band);
        const auto& table = m_tables[channel];
        for (std::size_t i = 0; i < picture.size() / 4; ++i) {
            picture[i * 4 + channel] = table[values[i]];
        }
    }
}

void DrapeBaker::paintIndex(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const {
    const auto shown = range();
    for (std::size_t i = 0; i < picture.size() / 4; ++i) {
        const float first = value(bands, m_channels[0], i);
        const float second = value(bands, m_channels[1], i);
        const float index = m_style.kind == DrapeKind::Ratio ? first / std::max(second, 1e-4F)
                                                             : (first - second) / (first + second);
        const float share = (index - shown.low) / (shown.high - shown.low);
        const auto& color = m_colors.at(std::isfinite(share) ? share : 0);
        std::copy(color.begin(), color.end(), picture.begin() + static_cast<std::ptrdiff_t>(i * 4));
    }
}

void DrapeBaker::paintGround(const TileData& tile, std::vector<std::uint8_t>& picture) const {
    const GroundShading ground(tile, m_gridSun, m_style.multidirectional);
    const float strength = shading();
    const auto shown = range();
    const int columns = tile.pictureGrid.columns;
    for (std::size_t i = 0; i < picture.size() / 4; ++i) {
        const auto place = ground.at(static_cast<int>(i) % columns, static_cast<int>(i) / columns);
        auto* pixel = picture.data() + i * 4;
        switch (m_style.kind) {
        case DrapeKind::Hillshade:
            pixel[0] = pixel[1] = pixel[2] = hillshadeGrey;
            break;
        case DrapeKind::Slope: {
            const auto& color = m_colors.at((place.slope() - shown.low) / (shown.high - shown.low));
            std::copy(color.begin(), color.end(), pixel);
            break;
        }
        case DrapeKind::Elevation: {
            const auto& color = m_colors.at((place.height - shown.low) / (shown.high - shown.low));
            std::copy(color.begin(), color.end(), pixel);
            break;
        }
        case DrapeKind::Aspect: {
            const auto color = aspectColor(place, m_trueNorth);
            std::copy(color.begin(), color.end(), pixel);
            break;
        }
        default:
            break;
        }
        const float light = 1 + strength * (place.light - 1);
        float line = 0;
        if (m_style.contourInterval > 0) {
            line = ground.contour(place, static_cast<float>(m_style.contourInterval));
        }
        for (int c = 0; c < 3; ++c) {
            pixel[c] = asByte(static_cast<float>(pixel[c]) * light * (1 - 0.65F * line));
        }
    }
}

std::vector<std::uint8_t> DrapeBaker::paint(const TileData& tile, const Image<float>* overlay) const {
    if (!tile.hasPicture()) {
        return {};
    }
    const auto data = dataPixels(tile);
    std::vector<std::uint8_t> picture(data.size() * 4, 0);
    if (m_style.showsBands() && !tile.givenPicture.empty()) {
        picture = tile.givenPicture;
    } else if (m_style.kind == DrapeKind::Composite) {
        paintComposite(tile.bands, picture);
    } else if (isIndex(m_style.kind)) {
        paintIndex(tile.bands, picture);
    }
    if (usesGround()) {
        paintGround(tile, picture);
    }
    if (overlay != nullptr && m_style.overlay.opacity > 0) {
        paintOverlay(*overlay, picture);
    }
    setAlpha(picture, data);
    return picture;
}

std::vector<std::uint8_t> DrapeBaker::paintOther(const TileData& tile,
                                                 const Image<std::uint16_t>& bands) const {
    const auto data = dataPixels(bands);
    std::vector<std::uint8_t> picture(data.size() * 4, 0);
    if (m_style.kind == DrapeKind::Composite) {
        paintComposite(bands, picture);
    } else if (isIndex(m_style.kind)) {
        paintIndex(bands, picture);
    }
    if (usesGround()) {
        paintGround(tile, picture);
    }
    setAlpha(picture, data);
    return picture;
}

void DrapeBaker::paintOverlay(const Image<float>& values, std::vector<std::uint8_t>& picture) const {
    const auto low = static_cast<float>(m_style.overlay.low);
    const float range = std::max(static_cast<float>(m_style.overlay.high) - low, 1e-30F);
    const auto opacity = static_cast<float>(m_style.overlay.opacity);
    const bool hasOwnColors = values.bands() >= 3; // a picture: bytes of red, green and blue
    for (std::size_t i = 0; i < picture.size() / 4 && i < values.bandSize(); ++i) {
        const float found = values.band(0)[i];
        if (!std::isfinite(found)) {
            continue;
        }
        const auto& color = m_overlayColors.at((found - low) / range);
        for (std::size_t c = 0; c < 3; ++c) {
            const auto beneath = static_cast<float>(picture[i * 4 + c]);
            const float above =
                hasOwnColors ? values.band(static_cast<int>(c))[i] : static_cast<float>(color[c]);
            picture[i * 4 + c] = asByte(beneath + (above - beneath) * opacity);
        }
    }
}

std::optional<Legend> DrapeBaker::legend() const {
    const auto shown = range();
    switch (m_style.kind) {
    case DrapeKind::Ratio:
    case DrapeKind::NormalizedDifference:
        return Legend{m_style.colorMap, shown.low, shown.high, ""};
    case DrapeKind::Slope:
        return Legend{m_style.colorMap, shown.low, shown.high, "°"};
    case DrapeKind::Elevation:
        return Legend{m_style.colorMap, m_elevations.low, m_elevations.high, "m"};
    default:
        return std::nullopt;
    }
}

std::vector<std::uint8_t> paintedBands(const Image<float>& bands, const std::vector<std::string>& names,
                                       const DrapeStyle& style) {
    std::vector<BandSummary> summaries;
    for (int band = 0; band < bands.bands(); ++band) {
        summaries.push_back(
            summaryOf(names[static_cast<std::size_t>(band)], bands.band(band), bands.bandSize()));
    }
    TileData tile;
    tile.pictureGrid.columns = bands.columns();
    tile.pictureGrid.rows = bands.rows();
    tile.bands = storedBands(bands, summaries);
    return DrapeBaker(std::move(summaries), style, {0, 1}).paint(tile);
}

} // namespace nunatak::ui::terrain
