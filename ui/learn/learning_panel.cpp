// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/learning_panel.h"

#include "ui/base/owned.h"
#include "ui/charts/loss_chart.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QVBoxLayout>

namespace nunatak::ui::learn {

using charts::LossChart;

LearningPanel::LearningPanel(QWidget* parent) : QWidget(parent) {
    m_model = owned<QLabel>();
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("learningLayer"));
    m_layer->setToolTip(tr("The outlines to learn from; of an inventory those that somebody changed or "
                           "accepted, and their surroundings"));
    m_steps = owned<QSpinBox>();
    m_steps->setObjectName(QStringLiteral("learningSteps"));
    m_steps->setRange(1, 100000);
    m_steps->setValue(50);
    m_steps->setToolTip(tr("Learning steps; each looks at one batch of tiles"));
    m_rate = owned<QDoubleSpinBox>();
    m_rate->setObjectName(QStringLiteral("learningRate"));
    m_rate->setDecimals(6);
    m_rate->setRange(1e-6, 1e-1);
    m_rate->setSingleStep(1e-4);
    m_rate->setValue(1e-4);
    m_rate->setToolTip(tr("Learning rate at the start; it falls to 0 as a cosine"));
    m_name = owned<QLineEdit>();
    m_name->setObjectName(QStringLiteral("learningName"));
    // What can be a model's name is better known before the learning than after it.
    m_name->setValidator(owned<QRegularExpressionValidator>(
        QRegularExpression(QStringLiteral("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")), m_name));
    m_name->setToolTip(
        tr("The new model's name (letters, digits, - _ .); an existing one gets a new version"));

    auto* form = owned<QFormLayout>();
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Start from"), m_model);
    form->addRow(tr("Learn from"), m_layer);
    form->addRow(tr("Steps"), m_steps);
    form->addRow(tr("Rate"), m_rate);
    form->addRow(tr("New model"), m_name);

    m_start = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("media-playback-start")), tr("Fine-tune"));
    m_start->setObjectName(QStringLiteral("learningStart"));
    m_cancel = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("process-stop")), tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("learningCancel"));
    auto* buttons = owned<QHBoxLayout>();
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_start);

    m_chart = owned<LossChart>();
    m_result = owned<QLabel>();
    m_result->setObjectName(QStringLiteral("learningResult"));
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->addLayout(form);
    layout->addLayout(buttons);
    layout->addWidget(m_chart, 1);
    layout->addWidget(m_result);
    setMinimumWidth(250);

    connect(m_start, &QPushButton::clicked, this, &LearningPanel::startRequested);
    connect(m_cancel, &QPushButton::clicked, this, &LearningPanel::cancelRequested);
    connect(m_layer, &QComboBox::currentTextChanged, this, &LearningPanel::updateButtons);
    connect(m_name, &QLineEdit::textChanged, this, &LearningPanel::updateButtons);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameTyped = true; });
    updateButtons();
}

void LearningPanel::setLayers(const QStringList& layers, const LayerTitle& title, const QString& edited) {
    fillLayers(*m_layer, layers, title, edited);
    updateButtons();
}

void LearningPanel::setModel(const QString& model) {
    m_model->setText(model.isEmpty() ? tr("no model") : model);
    if (!m_nameTyped && !model.isEmpty()) {
        m_name->setText(model.endsWith(QStringLiteral("-tuned")) ? model : model + QStringLiteral("-tuned"));
    }
    updateButtons();
}

LearningPanel::Request LearningPanel::request() const {
    return {chosenLayer(*m_layer), m_name->text().trimmed(), m_steps->value(), m_rate->value()};
}

void LearningPanel::begin(int steps) {
    m_running = true;
    m_chart->begin(steps);
    m_result->setText(tr("Learning…"));
    updateButtons();
}

void LearningPanel::addLoss(int step, double loss) {
    m_chart->add(step, loss);
}

void LearningPanel::end(const QString& sentence) {
    m_running = false;
    m_result->setText(sentence);
    updateButtons();
}

void LearningPanel::updateButtons() {
    const bool possible = m_layer->count() > 0 && !m_name->text().trimmed().isEmpty();
    m_start->setEnabled(possible && !m_running);
    m_start->setToolTip(m_layer->count() > 0
                            ? tr("Learn from these outlines in the background (F7)")
                            : tr("Needs an inventory or expert outlines: drag a vertex, or import outlines"));
    m_cancel->setEnabled(m_running);
}

} // namespace nunatak::ui::learn
