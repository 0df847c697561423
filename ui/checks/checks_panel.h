// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"
#include "ui/base/layer_combo.h"
#include "ui/checks/findings_model.h"

#include <QStringList>
#include <QWidget>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTreeView;

namespace nunatak::ui::checks {

/// What is wrong with a layer's outlines: which layer, how strictly, a list that flies there, and what can be
/// put right.
class ChecksPanel : public QWidget {
    Q_OBJECT

public:
    explicit ChecksPanel(QWidget* parent = nullptr);

    /// The layers to choose from; what was chosen stays if it is still there, else it is `wanted`.
    void setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted);
    void setLayer(const QString& layer);
    QString layer() const;
    double smallest() const;  ///< m²
    double tolerance() const; ///< m

    /// A check or a repair is under way, which the button stops then.
    void setBusy(bool busy, const QString& sentence = {});
    /// Why nothing can be repaired; empty: it can. `offersInventory`: a button starts one.
    void setLocked(const QString& why, bool offersInventory);
    /// Nothing was looked at.
    void clear();
    /// `outlines`: so many were looked at.
    void setFindings(std::vector<editing::Finding> findings, std::size_t outlines,
                     const FindingsModel::Name& name);
    void replaceFindings(const std::set<std::string>& uuids, std::vector<editing::Finding> found,
                         std::size_t outlines, const FindingsModel::Name& name);
    void setStale(const std::set<std::string>& uuids);
    void setRefused(const std::vector<std::pair<editing::Finding, std::string>>& refused);

Q_SIGNALS:
    void checkRequested();
    void stopRequested();
    void layerChosen(const QString& layer);
    void findingActivated(const nunatak::editing::Finding& finding);
    /// All that is listed, when it is another list.
    void findingsChanged(const std::vector<nunatak::editing::Finding>& findings);
    /// The one that is selected alone; none: there is none.
    void lookedAt(const std::optional<nunatak::editing::Finding>& finding);
    void repairRequested(const std::vector<nunatak::editing::Finding>& findings);
    void bringTogetherRequested();
    void startInventoryRequested();

private:
    QHBoxLayout* buildHead();
    void buildTree();
    QHBoxLayout* buildButtons();
    void connectParts();
    void activate(const QModelIndex& index);
    void updateDetail();
    void updateButtons();
    void updateCounts();
    std::vector<editing::Finding> repairable(std::vector<editing::Finding> findings) const;
    std::vector<editing::Finding> selected() const;
    /// Calls `change`, after which the tree is opened, and stands, where it did.
    template <typename Change> void keepingPlace(Change&& change);

    QComboBox* m_layer = nullptr;
    QPushButton* m_check = nullptr;
    QDoubleSpinBox* m_smallest = nullptr;
    QDoubleSpinBox* m_tolerance = nullptr;
    QLabel* m_counts = nullptr;
    QTreeView* m_tree = nullptr;
    FindingsModel* m_findings = nullptr;
    QLabel* m_detail = nullptr;
    QLabel* m_lock = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_repair = nullptr;
    QPushButton* m_repairAll = nullptr;
    QPushButton* m_together = nullptr;
    std::set<editing::Fault> m_closed;   ///< kinds that the user folded
    std::optional<std::size_t> m_looked; ///< at so many outlines
    bool m_isBusy = false;
    bool m_isLocked = false;
};

} // namespace nunatak::ui::checks
