// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/learning_panel.h"

#include "ui/learn/panel_parts.h"
#include "ui/learn/run_view.h"
#include "ui/learn/version_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QFrame>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::learn {

LearningPanel::LearningPanel(QWidget* parent) : QWidget(parent) {
    m_versions = owned<VersionList>();
    m_versions->setVersions({}, {});
    m_run = owned<RunView>();
    auto* content = owned<QWidget>();
    auto* column = owned<QVBoxLayout>(content);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(10);
    column->addWidget(buildInterrupted());
    column->addWidget(buildForm());
    column->addWidget(m_run);
    column->addWidget(m_versions);
    column->addStretch(1);

    auto* scroll = owned<QScrollArea>();
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Example tiles are as high as they are wide: a bar that comes and goes with the height would never
    // settle.
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    scroll->setWidget(content);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    // Nothing of it is cut beside the scroll bar.
    scroll->setMinimumWidth(
        std::max(280, content->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width()));
    connect(m_run, &RunView::runningChanged, this, &LearningPanel::updateButtons);
    setInterrupted(std::nullopt);
}

QWidget* LearningPanel::buildForm() {
    m_model = owned<QLabel>();
    m_model->setObjectName(QStringLiteral("learningModel"));
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
    m_complete = owned<QCheckBox>(tr("None is missing around them"));
    m_complete->setObjectName(QStringLiteral("learningComplete"));
    m_complete->setToolTip(
        tr("The layer has every glacier of its surroundings: what else the model calls ice "
           "there is wrong. Else nobody has looked at it, and it teaches nothing"));
    m_name = owned<QLineEdit>();
    m_name->setObjectName(QStringLiteral("learningName"));
    m_name->setMaxLength(100);
    m_name->setToolTip(tr("What the new version is called, here and in the list of models"));

    m_form = owned<QWidget>();
    auto* form = owned<QFormLayout>(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Start from"), m_model);
    form->addRow(tr("Learn from"), m_layer);
    form->addRow(QString(), m_complete);
    m_teaching = paragraph("learningTeaching");
    form->addRow(m_teaching);
    m_advice = paragraph("learningAdvice");
    m_advice->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_advice);
    setTeaching({}, {});
    form->addRow(tr("Steps"), m_steps);
    form->addRow(tr("Rate"), m_rate);
    form->addRow(tr("New version"), m_name);
    m_memory = paragraph("learningMemory");
    m_memory->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_memory);
    m_start = button("learningStart", "media-playback-start", tr("Fine-tune"), {});
    form->addRow(onTheRight({m_start}));

    connect(m_start, &QPushButton::clicked, this, &LearningPanel::startRequested);
    connect(m_layer, &QComboBox::currentTextChanged, this, &LearningPanel::updateButtons);
    connect(m_layer, &QComboBox::activated, this, &LearningPanel::layerChosen);
    connect(m_complete, &QCheckBox::toggled, this, &LearningPanel::completeChosen);
    connect(m_name, &QLineEdit::textChanged, this, &LearningPanel::updateButtons);
    connect(m_name, &QLineEdit::textEdited, this,
            [this](const QString& typed) { m_nameTyped = !typed.trimmed().isEmpty(); });
    return m_form;
}

QWidget* LearningPanel::buildInterrupted() {
    auto* frame = owned<QFrame>();
    frame->setFrameShape(QFrame::StyledPanel);
    m_waiting = frame;
    m_waitingText = paragraph("learningInterrupted");
    m_resume = button("learningResume", "media-playback-start", tr("Go on"),
                      tr("It goes on where it was, with the outlines it began with"));
    auto* discard = button("learningDiscard", "edit-delete", tr("Discard"),
                           tr("Forget how far it came; no model is made of it"));
    auto* layout = owned<QVBoxLayout>(frame);
    layout->addWidget(m_waitingText);
    layout->addLayout(onTheRight({discard, m_resume}));
    connect(m_resume, &QPushButton::clicked, this, &LearningPanel::resumeRequested);
    connect(discard, &QPushButton::clicked, this, &LearningPanel::discardRequested);
    return frame;
}

void LearningPanel::setLayers(const QStringList& layers, const LayerTitle& title, const QString& edited) {
    fillLayers(*m_layer, layers, title, edited);
    updateButtons();
}

void LearningPanel::setModel(const QString& model, const QString& memory) {
    m_model->setText(model.isEmpty() ? tr("no model") : model);
    m_memory->setText(memory);
    m_memory->setVisible(!memory.isEmpty());
    updateButtons();
}

void LearningPanel::setTeaching(const QString& what, const QString& advice) {
    m_teaching->setText(what);
    m_teaching->setVisible(!what.isEmpty());
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
}

void LearningPanel::setProposal(const QString& title) {
    if (!m_nameTyped) {
        m_name->setText(title);
    }
}

void LearningPanel::setInterrupted(const std::optional<Interrupted>& interrupted) {
    m_waiting->setVisible(interrupted.has_value());
    if (interrupted) {
        const auto what = interrupted->title.isEmpty() ? tr("A training") : interrupted->title;
        m_waitingText->setText(!interrupted->problem.isEmpty() ? interrupted->problem
                               : interrupted->step > 0
                                   ? tr("%1 was interrupted at step %2 of %3.")
                                         .arg(what)
                                         .arg(interrupted->step)
                                         .arg(interrupted->steps)
                                   : tr("%1 was interrupted before its first checkpoint.").arg(what));
        m_resume->setVisible(interrupted->problem.isEmpty());
    }
    updateButtons();
}

LearningPanel::Request LearningPanel::request() const {
    return {chosenLayer(*m_layer), m_name->text().trimmed(), m_steps->value(), m_rate->value(),
            m_complete->isChecked()};
}

void LearningPanel::updateButtons() {
    const bool waits = !m_waiting->isHidden();
    const bool possible = m_layer->count() > 0 && !m_name->text().trimmed().isEmpty() && !waits;
    const bool runs = m_run->isRunning();
    m_form->setVisible(!runs);
    m_start->setEnabled(possible && !runs);
    m_start->setToolTip(m_layer->count() == 0
                            ? tr("Needs an inventory or expert outlines: drag a vertex, or import outlines")
                        : waits ? tr("Go on with the interrupted training, or discard it, first")
                                : tr("Learn from these outlines in the background (F7)"));
    m_resume->setEnabled(!runs);
}

} // namespace nunatak::ui::learn
