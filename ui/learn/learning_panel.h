// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/layer_combo.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace nunatak::ui::learn {

class RunView;
class VersionList;

/// Fine-tuning: from which outlines, how long, what it shall be called; how it goes on, what came of it, and
/// which version the project uses.
class LearningPanel : public QWidget {
    Q_OBJECT

public:
    struct Request {
        QString layer;
        QString title;
        int steps = 50;
        double rate = 1e-4;
        bool complete = false;
    };
    /// A training that waits to go on.
    struct Interrupted {
        QString title;
        int step = 0;
        int steps = 0;
        QString problem; ///< why it cannot go on; empty: it can
    };

    explicit LearningPanel(QWidget* parent = nullptr);

    void setLayers(const QStringList& layers, const LayerTitle& title = {}, const QString& edited = {});
    /// The model it starts from, as people read it, and what it will need of memory.
    void setModel(const QString& model, const QString& memory = {});
    /// How much there is to learn from, and what might be done for more; empty: not known.
    void setTeaching(const QString& what, const QString& advice);
    /// What the new version might be called, unless a name was typed.
    void setProposal(const QString& title);
    void setInterrupted(const std::optional<Interrupted>& interrupted);
    Request request() const;
    RunView& run() { return *m_run; }
    VersionList& versions() { return *m_versions; }

Q_SIGNALS:
    void startRequested();
    void layerChosen();
    void completeChosen();
    void resumeRequested();
    void discardRequested();

private:
    QWidget* buildForm();
    QWidget* buildInterrupted();
    void updateButtons();

    QWidget* m_form = nullptr;
    QLabel* m_model = nullptr;
    QComboBox* m_layer = nullptr;
    QSpinBox* m_steps = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    QCheckBox* m_complete = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_memory = nullptr;
    QLabel* m_teaching = nullptr;
    QLabel* m_advice = nullptr;
    QPushButton* m_start = nullptr;
    QWidget* m_waiting = nullptr;
    QLabel* m_waitingText = nullptr;
    QPushButton* m_resume = nullptr;
    RunView* m_run = nullptr;
    VersionList* m_versions = nullptr;
    bool m_nameTyped = false;
};

} // namespace nunatak::ui::learn
