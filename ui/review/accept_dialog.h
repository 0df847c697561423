// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/acceptance.h"

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace nunatak::ui::review {

/// Accepting what the model is sure of: how sure, which glaciers, and how many that would be, before it is
/// done. It stands beside the view.
class AcceptDialog : public QDialog {
    Q_OBJECT

public:
    explicit AcceptDialog(QWidget* parent);

    void setLayer(const QString& title, std::size_t selected);
    nunatak::review::AcceptanceRule rule() const;
    bool isOfSelected() const;

    void showMeasuring();
    void showAcceptance(const nunatak::review::Acceptance& acceptance, const std::vector<std::string>& notes);
    /// Why nothing can be accepted.
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void ruleChanged();
    void acceptRequested();
    /// Those that would be accepted shall be seen.
    void selectRequested();

private:
    void enable(std::size_t accepted);

    QLabel* m_layer;
    QComboBox* m_which;
    QDoubleSpinBox* m_sure;
    QSlider* m_slider;
    QCheckBox* m_isBanded;
    QDoubleSpinBox* m_band;
    QLabel* m_count;
    QLabel* m_left;
    QLabel* m_meaning;
    QPushButton* m_select = nullptr;
    QPushButton* m_do = nullptr;
};

} // namespace nunatak::ui::review
