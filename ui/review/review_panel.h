// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/review_progress.h"
#include "review/review_queue.h"
#include "ui/base/layer_combo.h"

#include <QStringList>
#include <QWidget>

#include <string>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace nunatak::ui::review {

class DifferenceBox;
class FilterBar;
class QueueModel;
class VerdictBox;

/// The queue of a layer: how far one is, what is next and why, what was found of the selected glacier and
/// what is to be said of it, and how its outline differs from others.
class ReviewPanel : public QWidget {
    Q_OBJECT

public:
    explicit ReviewPanel(QWidget* parent = nullptr);

    FilterBar& filters() const { return *m_filters; }
    VerdictBox& verdicts() const { return *m_verdicts; }
    DifferenceBox& difference() const { return *m_difference; }

    /// The layers to choose from; what was chosen stays if it is still there, else it is `wanted`.
    void setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted);
    void setLayer(const QString& layer);
    QString layer() const;

    void setBusy(bool isBusy);
    void showQueue(const nunatak::review::ReviewQueue::Entries& entries,
                   const nunatak::review::ReviewProgress& progress);
    /// What became of single glaciers of the queue that is shown.
    void showSteps(const nunatak::review::ReviewQueue::Steps& steps,
                   const nunatak::review::ReviewProgress& progress);
    /// What the order rests on, or what is missing for it; `more` unfolds as a tooltip.
    void showBasis(const QString& sentence, const QString& more);
    /// In the place of the list where it is empty.
    void setEmptyWords(const QString& words);
    /// Why no verdict can be given in this layer; empty: it can. `offersInventory`: a button starts one.
    void setLocked(const QString& why, bool offersInventory);
    /// The glacier that is selected; empty, or not in the queue: none.
    void setCurrent(const std::string& uuid);

    void setReviewer(const QString& name);
    void setGoesOn(bool goesOn);
    bool goesOn() const;
    /// Switches the outlines of low confidence, as elsewhere.
    void setConfidenceAction(QAction* action);

Q_SIGNALS:
    void measureRequested();
    void stopRequested();
    void layerChosen(const QString& layer);
    void glacierActivated(const std::string& uuid);
    void startInventoryRequested();
    void reviewerChosen(const QString& name);
    void goesOnChosen(bool goesOn);
    /// What was written is done: the keyboard is the view's again.
    void left();

private:
    void buildList();
    QHBoxLayout* buildHead();
    QHBoxLayout* buildFoot();
    void showProgress(const nunatak::review::ReviewProgress& progress);
    void activate(const QModelIndex& index);

    QComboBox* m_layer = nullptr;
    QPushButton* m_measure = nullptr;
    QLabel* m_progress = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_pace = nullptr;
    QLabel* m_basis = nullptr;
    QLabel* m_lock = nullptr;
    QPushButton* m_start = nullptr;
    FilterBar* m_filters = nullptr;
    QueueModel* m_model = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_empty = nullptr;
    VerdictBox* m_verdicts = nullptr;
    DifferenceBox* m_difference = nullptr;
    QCheckBox* m_goesOn = nullptr;
    QToolButton* m_confidence = nullptr;
    QLineEdit* m_reviewer = nullptr;
    std::string m_current;
    int m_currentRow = -1; ///< where it stood last
    bool m_isBusy = false;
};

} // namespace nunatak::ui::review
