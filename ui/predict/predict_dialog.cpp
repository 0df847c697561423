// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/predict/predict_dialog.h"

#include "prediction/calibration.h"
#include "prediction/location.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::predict {

namespace {

const prediction::PredictOptions usual;

QDoubleSpinBox* shareBox(const QString& name, const QString& tip) {
    auto* box = owned<QDoubleSpinBox>();
    box->setObjectName(name);
    box->setRange(0, 0.99);
    box->setDecimals(2);
    box->setSingleStep(0.05);
    box->setToolTip(tip);
    return box;
}

} // namespace

PredictDialog::PredictDialog(UserSettings& settings, std::vector<models::StoredModel> models,
                             const QString& current, Place place, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_models(std::move(models)), m_place(std::move(place)) {
    setWindowTitle(tr("Predict"));
    setObjectName(QStringLiteral("predictDialog"));
    build();
    for (const auto& model : m_models) {
        m_model->addItem(text(model.manifest.name));
    }
    m_model->setCurrentIndex(std::max(0, m_model->findText(current)));
    setDefaults();
    restore();
    connect(m_model, &QComboBox::currentIndexChanged, this, &PredictDialog::update);
    connect(m_area, &QComboBox::currentIndexChanged, this, &PredictDialog::update);
    connect(m_tta, &QCheckBox::toggled, this, &PredictDialog::update);
    connect(m_dropout, &QSpinBox::valueChanged, this, &PredictDialog::update);
    update();
}

void PredictDialog::build() {
    m_model = owned<QComboBox>();
    m_model->setObjectName(QStringLiteral("predictModel"));
    m_note = owned<QLabel>();
    m_note->setObjectName(QStringLiteral("predictNote"));
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_area = owned<QComboBox>();
    m_area->setObjectName(QStringLiteral("predictArea"));
    m_area->addItem(tr("The whole scene"), static_cast<int>(PredictArea::WholeScene));
    if (m_place.hasVisiblePart) {
        m_area->addItem(tr("What the view shows"), static_cast<int>(PredictArea::VisiblePart));
    }
    if (m_place.hasSelection) {
        m_area->addItem(tr("Around the selected glacier"), static_cast<int>(PredictArea::SelectedGlacier));
    }
    m_area->setToolTip(tr("Outside of it, what was predicted before stays"));
    m_buffer = owned<QSpinBox>();
    m_buffer->setObjectName(QStringLiteral("predictBuffer"));
    m_buffer->setRange(0, 100000);
    m_buffer->setSingleStep(100);
    m_buffer->setSuffix(tr(" m"));
    m_bufferLabel = owned<QLabel>(tr("Margin"));
    m_region = owned<QComboBox>();
    m_region->setObjectName(QStringLiteral("predictRegion"));
    m_region->addItem(tr("Where the scene lies"), QStringLiteral("auto"));
    for (const auto& code : prediction::publishedRegions()) {
        m_region->addItem(code == "unknown" ? tr("Unknown") : text(code), text(code));
    }
    m_region->addItem(tr("Optimise for the scene"), QStringLiteral("optimise"));
    m_region->setToolTip(tr("Which region a model that knows regions shall take the scene for"));
    m_regionLabel = owned<QLabel>(tr("Region"));
    auto* what = owned<QFormLayout>();
    what->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    what->addRow(tr("Model"), m_model);
    what->addRow(QString(), m_note);
    what->addRow(tr("Area"), m_area);
    what->addRow(m_bufferLabel, m_buffer);
    what->addRow(m_regionLabel, m_region);

    m_threshold =
        shareBox(QStringLiteral("predictThreshold"), tr("Probability above which a pixel is glacier"));
    m_smoothing = owned<QSpinBox>();
    m_smoothing->setObjectName(QStringLiteral("predictSmoothing"));
    m_smoothing->setRange(1, 99);
    m_smoothing->setSuffix(tr(" px"));
    m_smoothing->setToolTip(tr("Side of the window of the median filter; 1: none"));
    m_minimumArea = owned<QSpinBox>();
    m_minimumArea->setObjectName(QStringLiteral("predictMinimumArea"));
    m_minimumArea->setRange(0, 100'000'000);
    m_minimumArea->setSingleStep(1000);
    m_minimumArea->setGroupSeparatorShown(true);
    m_minimumArea->setSuffix(tr(" m²"));
    m_minimumArea->setToolTip(tr("Smaller pieces are left out (the inventory RGI: 10000 m²)"));
    m_raw = owned<QCheckBox>(tr("Outlines along pixel edges"));
    m_raw->setObjectName(QStringLiteral("predictRawOutlines"));
    m_raw->setToolTip(
        tr("As stairs, instead of smoothed within half a pixel; areas and pixels are the same either way"));
    m_confidence = shareBox(QStringLiteral("predictConfidence"),
                            tr("Where confidence is under it, the map says so and it is outlined"));
    auto* outlines = owned<QGroupBox>(tr("Outlines"));
    auto* outlineForm = owned<QFormLayout>(outlines);
    outlineForm->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    outlineForm->addRow(tr("Threshold"), m_threshold);
    outlineForm->addRow(tr("Smoothing"), m_smoothing);
    outlineForm->addRow(tr("Smallest glacier"), m_minimumArea);
    outlineForm->addRow(tr("Low confidence under"), m_confidence);
    outlineForm->addRow(m_raw);

    m_tta = owned<QCheckBox>(tr("Look at each tile in eight turns and flips"));
    m_tta->setObjectName(QStringLiteral("predictTta"));
    m_tta->setToolTip(
        tr("Test-time augmentation: steadier, eight times as long; the spread is a second uncertainty"));
    m_dropout = owned<QSpinBox>();
    m_dropout->setObjectName(QStringLiteral("predictDropout"));
    m_dropout->setRange(0, 1000);
    m_dropout->setSpecialValueText(tr("none"));
    m_dropout->setToolTip(tr("Passes with dropout active; the spread is a second uncertainty"));
    m_resume = owned<QCheckBox>(tr("Go on with the prediction that was interrupted"));
    m_resume->setObjectName(QStringLiteral("predictResume"));
    auto* passes = owned<QGroupBox>(tr("Uncertainty"));
    auto* passForm = owned<QFormLayout>(passes);
    passForm->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    passForm->addRow(m_tta);
    passForm->addRow(tr("MC dropout passes"), m_dropout);

    m_buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel |
                                        QDialogButtonBox::RestoreDefaults);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Predict"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &PredictDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] {
        setDefaults();
        update();
    });
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(what);
    layout->addWidget(outlines);
    layout->addWidget(passes);
    layout->addWidget(m_resume);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    setMinimumWidth(420);
}

void PredictDialog::setDefaults() {
    m_area->setCurrentIndex(0);
    m_buffer->setValue(1000);
    m_region->setCurrentIndex(0);
    m_threshold->setValue(usual.threshold);
    m_confidence->setValue(usual.confidenceThreshold);
    m_smoothing->setValue(usual.smoothing);
    m_minimumArea->setValue(static_cast<int>(usual.minimumArea));
    m_raw->setChecked(usual.outlineForm == prediction::OutlineForm::Raw);
    m_tta->setChecked(false);
    m_dropout->setValue(0);
}

PredictChoices PredictDialog::choices() const {
    PredictChoices choices;
    choices.buffer = m_buffer->value();
    choices.threshold = m_threshold->value();
    choices.confidence = m_confidence->value();
    choices.smoothing = m_smoothing->value();
    choices.minimumArea = m_minimumArea->value();
    choices.rawOutlines = m_raw->isChecked();
    choices.testTimeAugmentation = m_tta->isChecked();
    choices.dropoutPasses = m_dropout->value();
    return choices;
}

void PredictDialog::restore() {
    const auto kept = m_settings.predictChoices(choices());
    m_buffer->setValue(static_cast<int>(kept.buffer));
    m_threshold->setValue(kept.threshold);
    m_confidence->setValue(kept.confidence);
    m_smoothing->setValue(static_cast<int>(kept.smoothing));
    m_minimumArea->setValue(static_cast<int>(kept.minimumArea));
    m_raw->setChecked(kept.rawOutlines);
    m_tta->setChecked(kept.testTimeAugmentation);
    m_dropout->setValue(kept.dropoutPasses);
}

void PredictDialog::accept() {
    m_settings.setPredictChoices(choices());
    QDialog::accept();
}

const models::Manifest* PredictDialog::manifest() const {
    const auto index = static_cast<std::size_t>(m_model->currentIndex());
    return index < m_models.size() ? &m_models[index].manifest : nullptr;
}

QString PredictDialog::model() const {
    return m_model->currentText();
}

PredictArea PredictDialog::area() const {
    return static_cast<PredictArea>(m_area->currentData().toInt());
}

double PredictDialog::buffer() const {
    return m_buffer->value();
}

prediction::PredictOptions PredictDialog::options() const {
    prediction::PredictOptions options;
    options.threshold = m_threshold->value();
    options.confidenceThreshold = m_confidence->value();
    options.smoothing = m_smoothing->value();
    options.minimumArea = m_minimumArea->value();
    options.outlineForm =
        m_raw->isChecked() ? prediction::OutlineForm::Raw : prediction::OutlineForm::Smoothed;
    options.inference.testTimeAugmentation = m_tta->isChecked();
    options.inference.dropoutPasses = m_dropout->value();
    options.region = m_region->isEnabled() ? m_region->currentData().toString().toStdString() : "auto";
    options.resume = m_resume->isEnabled() && m_resume->isChecked();
    return options;
}

QString PredictDialog::noteOf(const models::Manifest& model) const {
    const auto missing = m_place.missing ? m_place.missing(model) : QString();
    if (!missing.isEmpty()) {
        return tr("The scene lacks bands that this model needs: %1.").arg(missing);
    }
    QString note = tr("Works at %1 m pixels.").arg(model.pixelSize);
    for (const auto& sentence : prediction::inferenceNotes(model, options().inference, options().threshold)) {
        note += QLatin1Char(' ') + text(sentence);
    }
    return note;
}

void PredictDialog::update() {
    const auto* chosen = manifest();
    const bool knowsRegions =
        chosen != nullptr &&
        chosen->network.location == static_cast<int>(prediction::publishedRegions().size());
    m_region->setEnabled(knowsRegions);
    m_region->setVisible(knowsRegions);
    m_regionLabel->setVisible(knowsRegions);
    const bool aroundGlacier = area() == PredictArea::SelectedGlacier;
    m_buffer->setVisible(aroundGlacier);
    m_bufferLabel->setVisible(aroundGlacier);
    const bool interrupted = chosen != nullptr && m_place.isInterrupted && m_place.isInterrupted(*chosen);
    m_resume->setEnabled(interrupted);
    m_resume->setVisible(interrupted);
    m_note->setText(chosen != nullptr ? noteOf(*chosen) : tr("There is no model to predict with."));
    const bool possible = chosen != nullptr && (!m_place.missing || m_place.missing(*chosen).isEmpty());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(possible);
    // Rows that come must not squeeze those that are there.
    layout()->activate();
    resize(width(), std::max({height(), sizeHint().height(), layout()->totalHeightForWidth(width())}));
}

} // namespace nunatak::ui::predict
