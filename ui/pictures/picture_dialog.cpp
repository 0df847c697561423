// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pictures/picture_dialog.h"

#include "ui/base/owned.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <cmath>

namespace nunatak::ui::pictures {

namespace {

constexpr double millimetresPerInch = 25.4;
constexpr int narrowestPicture = 320; // pixels

QCheckBox* box(const char* name, const QString& text, bool checked) {
    auto* box = owned<QCheckBox>(text);
    box->setObjectName(QLatin1String(name));
    box->setChecked(checked);
    return box;
}

} // namespace

PictureDialog::PictureDialog(QSize view, bool map, const PictureRequest& last, QWidget* parent)
    : QDialog(parent), m_view(view) {
    setObjectName(QStringLiteral("pictureDialog"));
    setWindowTitle(tr("Save picture"));

    m_format = owned<QComboBox>();
    m_format->setObjectName(QStringLiteral("pictureFormat"));
    const auto addFormat = [&](figure::Format format, const QString& text) {
        m_format->addItem(text, static_cast<int>(format));
    };
    addFormat(figure::Format::Png, tr("PNG image"));
    addFormat(figure::Format::Jpeg, tr("JPEG image"));
    addFormat(figure::Format::Pdf, tr("PDF with vector outlines"));
    addFormat(figure::Format::Svg, tr("SVG with vector outlines"));
    if (!map) {
        for (const auto format : {figure::Format::Pdf, figure::Format::Svg}) {
            const int row = m_format->findData(static_cast<int>(format));
            auto* item = qobject_cast<QStandardItemModel*>(m_format->model())->item(row);
            item->setEnabled(false);
            item->setToolTip(tr("Only of the view from above (N)"));
        }
    }
    const bool vector = last.format == figure::Format::Pdf || last.format == figure::Format::Svg;
    m_format->setCurrentIndex(
        m_format->findData(static_cast<int>(vector && !map ? figure::Format::Png : last.format)));

    m_width = owned<QDoubleSpinBox>();
    m_width->setObjectName(QStringLiteral("pictureWidth"));
    m_width->setDecimals(0);
    m_unit = owned<QComboBox>();
    m_unit->setObjectName(QStringLiteral("pictureUnit"));
    m_unit->addItem(tr("pixels"));
    m_unit->addItem(tr("mm at 300 dpi"));
    m_size = owned<QLabel>();
    m_size->setForegroundRole(QPalette::PlaceholderText);
    auto* width = owned<QHBoxLayout>();
    width->addWidget(m_width, 1);
    width->addWidget(m_unit);

    m_scale = box("pictureScale", tr("Scale"), last.furniture.scale);
    m_north = box("pictureNorth", tr("North arrow"), last.furniture.north);
    m_legend = box("pictureLegend", tr("Legend"), last.furniture.legend);
    m_graticule = box("pictureGrid", tr("Latitude and longitude grid"), map && last.furniture.graticule);
    m_inset = box("pictureInset", tr("Inset map of the whole scene"), map && last.furniture.inset);
    for (auto* ofMaps : {m_graticule, m_inset}) {
        ofMaps->setEnabled(map);
        ofMaps->setToolTip(map ? QString() : tr("Only of the view from above (N)"));
    }

    auto* boxes = owned<QVBoxLayout>();
    boxes->setSpacing(6);
    for (auto* each : {m_scale, m_north, m_legend, m_graticule, m_inset}) {
        boxes->addWidget(each);
    }
    auto* form = owned<QFormLayout>();
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->addRow(tr("&Format"), m_format);
    auto* widthLabel = owned<QLabel>(tr("&Width"));
    widthLabel->setBuddy(m_width);
    form->addRow(widthLabel, width);
    form->addRow(QString(), m_size);
    form->addRow(tr("With"), boxes);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(tr("&Save…"));
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, &PictureDialog::showSize);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this](int index) { chooseUnit(index == 1); });
    m_unit->setCurrentIndex(last.inMillimetres ? 1 : 0);
    chooseUnit(last.inMillimetres);
    m_width->setValue(last.width);
    showSize();
}

void PictureDialog::chooseUnit(bool millimetres) {
    const QSignalBlocker quiet(m_width);
    const double perInch = printDotsPerInch / millimetresPerInch;
    const bool was = m_width->maximum() < 1000;
    const double value = m_width->value();
    if (millimetres) {
        m_width->setRange(std::ceil(narrowestPicture / perInch), std::floor(widestPicture / perInch));
        m_width->setSingleStep(5);
    } else {
        m_width->setRange(narrowestPicture, widestPicture);
        m_width->setSingleStep(100);
    }
    if (was != millimetres) {
        m_width->setValue(millimetres ? value / perInch : value * perInch);
    }
    showSize();
}

void PictureDialog::showSize() {
    const auto wanted = request();
    const double pixels =
        wanted.inMillimetres ? wanted.width / millimetresPerInch * printDotsPerInch : wanted.width;
    const double height = pixels * m_view.height() / std::max(1, m_view.width());
    const QLocale locale;
    auto text =
        tr("%1 × %2 pixels").arg(locale.toString(std::lround(pixels)), locale.toString(std::lround(height)));
    if (wanted.inMillimetres) {
        text += tr(", %1 mm high")
                    .arg(locale.toString(std::lround(height / printDotsPerInch * millimetresPerInch)));
    }
    m_size->setText(text);
}

PictureRequest PictureDialog::request() const {
    return {static_cast<figure::Format>(m_format->currentData().toInt()),
            m_unit->currentIndex() == 1,
            m_width->value(),
            {m_scale->isChecked(), m_north->isChecked(), m_legend->isChecked(), m_graticule->isChecked(),
             m_inset->isChecked()}};
}

} // namespace nunatak::ui::pictures
