// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/picture_panel.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"
#include "ui/ground/overlay_box.h"
#include "ui/ground/picture_widgets.h"
#include "ui/marginalia/color_bar.h"
#include "ui/session/drape_state.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::ground {

using marginalia::ColorBar;

namespace {

using terrain::DrapeKind;

/// How light falls, as the user chooses it.
enum Light { FromNorthwest, FromSceneSun, FromAllSides, FromChosenSun };

const terrain::Sun northwest{};
const std::string ownBands = terrain::bandsOfChoice;

bool isIndex(DrapeKind kind) {
    return kind == DrapeKind::Ratio || kind == DrapeKind::NormalizedDifference;
}

bool isPicture(DrapeKind kind) {
    return kind == DrapeKind::Composite || isIndex(kind);
}

// The slider's middle is no change, its ends a gamma of 1/3 and of 3.
constexpr int gammaSteps = 50;
int gammaPlace(double gamma) {
    return static_cast<int>(std::lround(gammaSteps * std::log(gamma) / std::log(3.0)));
}
double gammaAt(int place) {
    return place == 0 ? 1 : std::pow(3.0, static_cast<double>(place) / gammaSteps);
}

} // namespace

QString styleText(const std::string& name) {
    static const std::vector<std::pair<const char*, const char*>> known = {
        {"natural", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Natural")},
        {"infrared", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Infrared")},
        {"ice", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Ice")},
        {"grey", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Grey")},
        {"red/SWIR1", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Red / SWIR1")},
        {"NDSI", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "NDSI (snow)")},
        {"NDWI", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "NDWI (water)")},
        {"hillshade", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Hillshade")},
        {"slope", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Slope")},
        {"aspect", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Aspect")},
        {"radar", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Radar")},
        {"cross-polarised radar",
         QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Radar, cross-polarised")},
        {"coherence", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Coherence")},
        {"temperature", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Temperature")},
        {"flags",
         QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Flags: cloud red, shadow green, snow blue")},
        {"heights", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Heights in grey")},
        {"elevation", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Elevation")},
        {"bands", QT_TRANSLATE_NOOP("nunatak::ui::ground::PicturePanel", "Bands of choice")}};
    for (const auto& [key, shown] : known) {
        if (name == key) {
            return PicturePanel::tr(shown);
        }
    }
    return text(name);
}

PicturePanel::PicturePanel(QWidget* parent) : QWidget(parent) {
    auto* inside = owned<QWidget>();
    m_form = owned<QFormLayout>(inside);
    m_form->setContentsMargins(10, 8, 10, 8);
    m_form->setHorizontalSpacing(10);
    m_form->setVerticalSpacing(6);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildGround(*m_form);
    buildLight(*m_form);
    m_form->addRow(sectionHeading(tr("Laid over it")));
    m_overlays = owned<OverlayBox>();
    m_form->addRow(m_overlays);
    connect(m_overlays, &OverlayBox::styleChanged, this, [this](const terrain::OverlayStyle& overlay) {
        auto style = m_style;
        style.overlay = overlay;
        change(style);
    });
    makeScrolling(*this, inside);
    showStyle();
}

void PicturePanel::buildGround(QFormLayout& form) {
    m_kind = narrowChoice(QStringLiteral("pictureKind"));
    m_kind->setToolTip(tr("What the ground is painted with"));
    form.addRow(tr("Picture"), m_kind);
    for (auto*& band : m_bands) {
        band = narrowChoice({});
        connect(band, &QComboBox::activated, this, [this] { chooseBands(); });
    }
    m_bands[0]->setObjectName(QStringLiteral("pictureRed"));
    m_bands[0]->setToolTip(tr("Band shown as red"));
    m_bands[1]->setObjectName(QStringLiteral("pictureGreen"));
    m_bands[1]->setToolTip(tr("Band shown as green"));
    m_bands[2]->setObjectName(QStringLiteral("pictureBlue"));
    m_bands[2]->setToolTip(tr("Band shown as blue"));
    m_bandRow = rowOf({m_bands[0], m_bands[1], m_bands[2]});
    form.addRow(tr("R, G, B"), m_bandRow);
    m_stretch = narrowChoice(QStringLiteral("pictureStretch"));
    m_stretch->addItem(tr("2 to 98 %"));
    m_stretch->addItem(tr("Least to largest"));
    m_stretch->setToolTip(tr("Which values become black and white: the 2nd and 98th percentile of each band, "
                             "or its least and largest"));
    form.addRow(tr("Stretch"), m_stretch);
    m_stretchOf = narrowChoice(QStringLiteral("pictureStretchOf"));
    m_stretchOf->addItem(tr("Whole scene"), static_cast<int>(terrain::StretchOf::Scene));
    m_stretchOf->addItem(tr("What is in view"), static_cast<int>(terrain::StretchOf::View));
    m_stretchOf->addItem(tr("Kept from a view"), static_cast<int>(terrain::StretchOf::Fixed));
    m_stretchOf->setToolTip(
        tr("Of which pixels: all of the scene, what is in view whenever it rests, or what "
           "was in view when you took it, for other dates too"));
    m_takeView = owned<QToolButton>();
    m_takeView->setObjectName(QStringLiteral("pictureStretchFromView"));
    m_takeView->setIcon(QIcon::fromTheme(QStringLiteral("zoom-fit-best")));
    m_takeView->setText(tr("From view"));
    m_takeView->setToolTip(tr("Stretch by what is in view now, and keep it"));
    m_takeView->setAutoRaise(true);
    m_stretchOfRow = rowOf({m_stretchOf, m_takeView});
    form.addRow(tr("of"), m_stretchOfRow);
    m_gamma = owned<QSlider>(Qt::Horizontal);
    m_gamma->setObjectName(QStringLiteral("pictureGamma"));
    m_gamma->setRange(-gammaSteps, gammaSteps);
    m_gamma->setToolTip(tr("Gamma: to the right what is dark becomes brighter; in the middle unchanged"));
    form.addRow(tr("Gamma"), m_gamma);
    m_map = colorMapChoice(QStringLiteral("pictureColors"));
    form.addRow(tr("Colours"), m_map);
    m_legend = owned<ColorBar>();
    m_legend->setObjectName(QStringLiteral("pictureLegend"));
    form.addRow(QString(), m_legend);

    connect(m_kind, &QComboBox::activated, this, &PicturePanel::chooseKind);
    connect(m_stretch, &QComboBox::activated, this, [this](int index) {
        auto style = m_style;
        style.stretch = index == 0 ? terrain::StretchKind::Percentile : terrain::StretchKind::MinMax;
        change(style);
    });
    connect(m_stretchOf, &QComboBox::activated, this, [this] {
        auto style = m_style;
        style.stretchOf = static_cast<terrain::StretchOf>(m_stretchOf->currentData().toInt());
        if (style.stretchOf == terrain::StretchOf::Fixed) {
            Q_EMIT stretchFromViewWanted();
        } else {
            change(style);
        }
    });
    connect(m_takeView, &QToolButton::clicked, this, &PicturePanel::stretchFromViewWanted);
    connect(m_gamma, &QSlider::valueChanged, this, [this](int place) {
        auto style = m_style;
        style.gamma = gammaAt(place);
        change(style);
    });
    connect(m_map, &QComboBox::activated, this, [this] {
        auto style = m_style;
        style.colorMap = m_map->currentData().toString().toStdString();
        change(style);
    });
}

void PicturePanel::buildLight(QFormLayout& form) {
    form.addRow(sectionHeading(tr("Relief")));
    m_shading = shareSlider(QStringLiteral("pictureShading"),
                            tr("How much the relief darkens the picture; a picture holds the sun already"));
    form.addRow(tr("Shading"), m_shading);
    m_light = narrowChoice(QStringLiteral("pictureLight"));
    m_light->addItem(tr("From the northwest"), FromNorthwest);
    m_light->addItem(tr("The scene's sun"), FromSceneSun);
    m_light->addItem(tr("From all sides"), FromAllSides);
    m_light->addItem(tr("Sun of choice"), FromChosenSun);
    form.addRow(tr("Light"), m_light);
    m_azimuth = owned<QDoubleSpinBox>();
    m_azimuth->setObjectName(QStringLiteral("sunAzimuth"));
    m_azimuth->setRange(0, 360);
    m_azimuth->setWrapping(true);
    m_azimuth->setDecimals(0);
    m_azimuth->setSingleStep(15);
    m_azimuth->setSuffix(tr("°"));
    m_azimuth->setToolTip(tr("Azimuth of the sun, clockwise from true north"));
    m_elevation = owned<QDoubleSpinBox>();
    m_elevation->setObjectName(QStringLiteral("sunElevation"));
    m_elevation->setRange(5, 90);
    m_elevation->setDecimals(0);
    m_elevation->setSingleStep(5);
    m_elevation->setSuffix(tr("° high"));
    m_elevation->setToolTip(tr("Elevation of the sun above the horizon"));
    m_sunRow = rowOf({m_azimuth, m_elevation});
    form.addRow(tr("Sun"), m_sunRow);
    m_contours = narrowChoice(QStringLiteral("pictureContours"));
    m_contours->addItem(tr("None"), 0.0);
    for (const int metres : {10, 20, 50, 100, 200, 500}) {
        m_contours->addItem(tr("Every %1 m").arg(metres), static_cast<double>(metres));
    }
    form.addRow(tr("Contours"), m_contours);

    connect(m_shading, &QSlider::valueChanged, this, [this](int percent) {
        auto style = m_style;
        style.shading = percent / 100.0;
        change(style);
    });
    connect(m_light, &QComboBox::activated, this, &PicturePanel::chooseLight);
    const auto turn = [this] {
        auto style = m_style;
        style.sun = {m_azimuth->value(), m_elevation->value()};
        change(style);
    };
    connect(m_azimuth, &QDoubleSpinBox::valueChanged, this, turn);
    connect(m_elevation, &QDoubleSpinBox::valueChanged, this, turn);
    connect(m_contours, &QComboBox::activated, this, [this] {
        auto style = m_style;
        style.contourInterval = m_contours->currentData().toDouble();
        change(style);
    });
}

void PicturePanel::setChoices(const std::vector<terrain::DrapeStyle>& styles,
                              const std::vector<std::string>& bands,
                              const std::optional<terrain::Sun>& sunOfScene) {
    m_styles = styles;
    m_sunOfScene = sunOfScene;
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    for (const auto& style : m_styles) {
        m_kind->addItem(styleText(style.composite.name), text(style.composite.name));
    }
    for (auto* box : m_bands) {
        box->clear();
        for (const auto& band : bands) {
            box->addItem(text(band), text(band));
        }
    }
    m_light->setItemData(FromSceneSun, sunOfScene ? QVariant() : QVariant(0), Qt::UserRole - 1); // disabled
    showStyle();
}

void PicturePanel::setStyle(const terrain::DrapeStyle& style, const std::optional<terrain::Legend>& legend) {
    m_style = style;
    m_legend->setLegend(legend);
    showStyle();
}

/// Sets every widget as m_style has it, and shows those that have something to say.
void PicturePanel::showStyle() {
    m_isShowing = true;
    const auto kind = m_style.kind;
    m_kind->setCurrentIndex(m_kind->findData(text(m_style.composite.name)));
    m_form->setRowVisible(m_bandRow, m_style.composite.name == ownBands);
    for (std::size_t i = 0; i < m_bands.size(); ++i) {
        m_bands[i]->setCurrentIndex(m_bands[i]->findData(text(m_style.composite.bands[i])));
    }
    m_form->setRowVisible(m_stretch, kind == DrapeKind::Composite);
    m_form->setRowVisible(m_stretchOfRow, kind == DrapeKind::Composite);
    m_form->setRowVisible(m_gamma, kind == DrapeKind::Composite);
    m_stretch->setCurrentIndex(m_style.stretch == terrain::StretchKind::Percentile ? 0 : 1);
    m_stretchOf->setCurrentIndex(m_stretchOf->findData(static_cast<int>(m_style.stretchOf)));
    m_gamma->setValue(gammaPlace(m_style.gamma));
    const bool hasColors = isIndex(kind) || kind == DrapeKind::Slope || kind == DrapeKind::Elevation;
    m_form->setRowVisible(m_map, hasColors);
    m_form->setRowVisible(m_legend, m_legend->legend().has_value());
    m_map->setCurrentIndex(m_map->findData(text(m_style.colorMap)));
    m_form->setRowVisible(m_shading, isPicture(kind));
    m_shading->setValue(percentOf(m_style.shading));
    const bool isLit = !isPicture(kind) || m_style.shading > 0;
    const Light light = m_style.multidirectional                       ? FromAllSides
                        : m_style.sun == northwest                     ? FromNorthwest
                        : m_sunOfScene && m_style.sun == *m_sunOfScene ? FromSceneSun
                                                                       : FromChosenSun;
    m_form->setRowVisible(m_light, isLit);
    m_light->setCurrentIndex(light);
    m_form->setRowVisible(m_sunRow, isLit && light == FromChosenSun);
    m_azimuth->setValue(m_style.sun.azimuth);
    m_elevation->setValue(m_style.sun.elevation);
    m_contours->setCurrentIndex(std::max(0, m_contours->findData(m_style.contourInterval)));
    m_overlays->setStyle(m_style.overlay);
    m_isShowing = false;
}

void PicturePanel::change(const terrain::DrapeStyle& style) {
    if (!m_isShowing && !(style == m_style)) {
        m_style = style;
        Q_EMIT styleChanged(m_style);
        showStyle();
    }
}

void PicturePanel::chooseKind(int index) {
    const auto name = m_kind->itemData(index).toString().toStdString();
    const auto found = std::find_if(m_styles.begin(), m_styles.end(), [&](const terrain::DrapeStyle& one) {
        return one.composite.name == name;
    });
    if (found != m_styles.end()) {
        change(session::withKind(m_style, *found));
    }
}

void PicturePanel::chooseBands() {
    auto style = m_style;
    for (std::size_t i = 0; i < m_bands.size(); ++i) {
        style.composite.bands[i] = m_bands[i]->currentData().toString().toStdString();
    }
    change(style);
}

void PicturePanel::chooseLight(int index) {
    auto style = m_style;
    style.multidirectional = index == FromAllSides;
    if (index == FromNorthwest) {
        style.sun = northwest;
    } else if (index == FromSceneSun && m_sunOfScene) {
        style.sun = *m_sunOfScene;
    } else if (index == FromChosenSun) {
        style.sun = {180, 45}; // something to turn from
    }
    change(style);
}

} // namespace nunatak::ui::ground
