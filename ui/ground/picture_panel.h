// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_style.h"

#include <QString>
#include <QWidget>

#include <array>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace nunatak::ui::marginalia {
class ColorBar;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::ground {

class OverlayBox;

/// How the ground is painted: the bands and how they are stretched, light and contour lines, and a raster
/// over it. Every change shows at once.
class PicturePanel : public QWidget {
    Q_OBJECT

public:
    explicit PicturePanel(QWidget* parent = nullptr);

    /// What the scene can be painted with, and its optical bands.
    void setChoices(const std::vector<terrain::DrapeStyle>& styles, const std::vector<std::string>& bands,
                    const std::optional<terrain::Sun>& sunOfScene);
    void setStyle(const terrain::DrapeStyle& style, const std::optional<terrain::Legend>& legend);
    const terrain::DrapeStyle& style() const { return m_style; }

    /// The part of it that lays a raster over the picture; the overlay's look is kept in the style.
    OverlayBox& overlays() const { return *m_overlays; }

Q_SIGNALS:
    /// The user changed it; the overlay's look is part of it.
    void styleChanged(const nunatak::ui::terrain::DrapeStyle& style);
    /// The picture shall be stretched by what is in view now, for good.
    void stretchFromViewWanted();

private:
    void buildGround(QFormLayout& form);
    void buildLight(QFormLayout& form);
    void showStyle();
    void change(const terrain::DrapeStyle& style);
    void chooseKind(int index);
    void chooseBands();
    void chooseLight(int index);

    std::vector<terrain::DrapeStyle> m_styles;
    std::optional<terrain::Sun> m_sunOfScene;
    terrain::DrapeStyle m_style;
    bool m_isShowing = false; ///< widgets are being set, nobody chose anything

    QFormLayout* m_form = nullptr;
    QComboBox* m_kind = nullptr;
    QWidget* m_bandRow = nullptr;
    std::array<QComboBox*, 3> m_bands{};
    QComboBox* m_stretch = nullptr;
    QComboBox* m_stretchOf = nullptr;
    QToolButton* m_takeView = nullptr;
    QWidget* m_stretchOfRow = nullptr;
    QSlider* m_gamma = nullptr;
    QComboBox* m_map = nullptr;
    marginalia::ColorBar* m_legend = nullptr;
    QSlider* m_shading = nullptr;
    QComboBox* m_light = nullptr;
    QWidget* m_sunRow = nullptr;
    QDoubleSpinBox* m_azimuth = nullptr;
    QDoubleSpinBox* m_elevation = nullptr;
    QComboBox* m_contours = nullptr;
    OverlayBox* m_overlays = nullptr;
};

/// A style's name as people read it.
QString styleText(const std::string& name);

} // namespace nunatak::ui::ground
