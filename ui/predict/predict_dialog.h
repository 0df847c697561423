// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"
#include "prediction/predict_scene.h"

#include "ui/base/user_settings.h"

#include <QDialog>
#include <QString>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace nunatak::ui::predict {

/// Which part of the scene is predicted.
enum class PredictArea { WholeScene, VisiblePart, SelectedGlacier };

/// With which model, where and how to predict. What is chosen is remembered for the next time, but for the
/// area.
class PredictDialog : public QDialog {
    Q_OBJECT

public:
    /// What the dialog knows of where it is opened.
    struct Place {
        bool hasVisiblePart = false;
        bool hasSelection = false;
        /// Whether an interrupted prediction by this model waits to go on.
        std::function<bool(const models::Manifest&)> isInterrupted;
        /// What the scene lacks for this model, as "optical swir1, dem elevation"; empty when it can be
        /// predicted.
        std::function<QString(const models::Manifest&)> missing;
    };

    PredictDialog(UserSettings& settings, std::vector<models::StoredModel> models, const QString& current,
                  Place place, QWidget* parent);

    QString model() const;
    PredictArea area() const;
    /// Metres around the selected glacier.
    double buffer() const;
    /// Everything but the area.
    prediction::PredictOptions options() const;

    void accept() override;

private:
    void build();
    PredictChoices choices() const;
    void restore();
    void setDefaults();
    void update();
    const models::Manifest* manifest() const;
    QString noteOf(const models::Manifest& manifest) const;

    UserSettings& m_settings;
    std::vector<models::StoredModel> m_models;
    Place m_place;
    QComboBox* m_model = nullptr;
    QLabel* m_note = nullptr;
    QComboBox* m_area = nullptr;
    QSpinBox* m_buffer = nullptr;
    QLabel* m_bufferLabel = nullptr;
    QComboBox* m_region = nullptr;
    QLabel* m_regionLabel = nullptr;
    QDoubleSpinBox* m_threshold = nullptr;
    QDoubleSpinBox* m_confidence = nullptr;
    QSpinBox* m_smoothing = nullptr;
    QSpinBox* m_minimumArea = nullptr;
    QCheckBox* m_raw = nullptr;
    QCheckBox* m_tta = nullptr;
    QSpinBox* m_dropout = nullptr;
    QCheckBox* m_resume = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace nunatak::ui::predict
