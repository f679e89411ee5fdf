"""D-family matchings of two namings (Cazals, Mazauric, Tetley, Watrigant, ACM JEA 24, 2019).

A partition of the concepts of both namings into sets whose induced subgraph of the intersection graph is
connected with diameter <= D, with the largest weight inside. A connected bipartite graph has diameter <= 2
exactly if it is complete bipartite, so that D = 2 allows bicliques; the naming paper explains it by stars.
"""
